import type { Command, Hint } from '../command.ts';
import { type CompletedOption, completedOptions, nextWords, wordHint } from './tree.ts';

/** Completion for zsh, by its `_arguments` and `_describe`; around these, nothing that bash would read otherwise. */
export function zshCompletion(commands: readonly Command[]): string {
  const groups = [...nextWords(commands)].map(([before, after]) => {
    const described = [...after].map(([word, summary]) => quoted(`${word}:${plain(summary).replaceAll(':', '\\:')}`));
    return `    ${quoted(before)}) local -a next=(${described.join(' ')}); _describe command next ;;`;
  });
  const cases = commands.map((command) => {
    const specs = [...completedOptions(command).flatMap(optionSpecs), quoted(`*:word:${actionOf(wordHint(command))}`)];
    return `    ${quoted(command.name)}) shift $count words; (( CURRENT -= count )); _arguments -s ${specs.join(' ')} ;;`;
  });
  const names = [...new Set([...nextWords(commands).keys(), ...commands.map(({ name }) => name)])].filter(Boolean);
  return `#compdef vigia
# zsh completion of vigia: source <(vigia completion zsh)
_vigia() {
  local name= word
  local -i count=0 index
  for (( index = 2; index < CURRENT; index++ )); do
    word="\${words[index]}"
    case "\${name:+$name }$word" in
      ${names.map(quoted).join('|')}) name="\${name:+$name }$word"; (( ++count )) ;;
      *) break ;;
    esac
  done
  case "$name" in
${[...groups, ...cases].join('\n')}
  esac
}
compdef _vigia vigia
`;
}

function optionSpecs({ long, short, takesValue, hint, summary }: CompletedOption): string[] {
  const about = plain(summary).replaceAll(/[[\]:]/g, ' ');
  const value = takesValue ? `:value:${actionOf(hint)}` : '';
  return [long, ...(short === null ? [] : [short])].map((name) => quoted(`${name}[${about}]${value}`));
}

function actionOf(hint: Hint): string {
  if (hint.kind === 'file') return '_files';
  return hint.kind === 'choice' ? `(${hint.choices.join(' ')})` : ' ';
}

const plain = (text: string): string => text.replaceAll('`', '');

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
