import type { Command, Hint } from '../command.ts';
import { completedOptions, nextWords, wordHint } from './tree.ts';

/** Completion for bash 3.2 and newer, without the package bash-completion. */
export function bashCompletion(commands: readonly Command[]): string {
  const groups = [...nextWords(commands)].map(
    ([before, after]) => `    ${quoted(before)}) words=${quoted([...after.keys()].join(' '))} ;;`,
  );
  return `# bash completion of vigia: source <(vigia completion bash)
_vigia() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local word name= words= options= values= index
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    [[ $word == -* ]] && continue
    case "\${name:+$name }$word" in
      ${[...new Set(commands.flatMap(({ name }) => prefixesOf(name)))].map(quoted).join('|')}) name="\${name:+$name }$word" ;;
    esac
  done
  case "$name" in
${groups.join('\n')}
${commands.map(commandCase).join('\n')}
  esac
  if [[ -n $values ]]; then
    [[ $values == @file ]] && COMPREPLY=($(compgen -f -- "$current")) && compopt -o filenames 2>/dev/null
    [[ $values == @* ]] || COMPREPLY=($(compgen -W "$values" -- "$current"))
  elif [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  elif [[ $words == @file ]]; then
    COMPREPLY=($(compgen -f -- "$current")) && compopt -o filenames 2>/dev/null
  else
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  fi
  return 0
}
complete -F _vigia vigia
`;
}

function commandCase(command: Command): string {
  const options = completedOptions(command);
  const names = options.flatMap(({ long, short }) => [long, ...(short === null ? [] : [short])]);
  const cases = options
    .filter(({ takesValue }) => takesValue)
    .map(
      ({ long, short, hint }) =>
        `        ${[long, ...(short === null ? [] : [short])].join('|')}) values=${quoted(valuesOf(hint))} ;;`,
    );
  return `    ${quoted(command.name)})
      options=${quoted(names.join(' '))}
      words=${quoted(wordsOf(wordHint(command)))}
      case "$previous" in
${cases.join('\n')}
      esac ;;`;
}

function prefixesOf(name: string): string[] {
  const words = name.split(' ');
  return words.map((_, index) => words.slice(0, index + 1).join(' '));
}

/** `@none`: a value comes here that nobody can know. */
function valuesOf(hint: Hint): string {
  return wordsOf(hint) || '@none';
}

function wordsOf(hint: Hint): string {
  if (hint.kind === 'choice') return hint.choices.join(' ');
  return hint.kind === 'file' ? '@file' : '';
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
