import type { Command, Hint } from '../command.ts';
import { completedOptions, nextWords, wordHint } from './tree.ts';

/** Completion for fish. */
export function fishCompletion(commands: readonly Command[]): string {
  const next = nextWords(commands);
  const groups = [...next].flatMap(([before, after]) =>
    [...after].map(([word, summary]) =>
      line([`-n ${quoted(condition(before, [...after.keys()]))}`, `-a ${word}`, about(summary)]),
    ),
  );
  const options = commands.flatMap((command) => {
    const within = `-n ${quoted(condition(command.name, []))}`;
    return [
      ...completedOptions(command).map(({ long, short, takesValue, hint, summary }) =>
        line([
          within,
          `-l ${long.slice(2)}`,
          ...(short === null ? [] : [`-s ${short.slice(1)}`]),
          ...(takesValue ? [`-r ${valueHint(hint)}`] : []),
          about(summary),
        ]),
      ),
      ...wordLines(wordHint(command), within),
    ];
  });
  return `# fish completion of vigia: vigia completion fish > ~/.config/fish/completions/vigia.fish
complete -c vigia -f
${[...groups, ...options].join('\n')}
`;
}

/** True after these words, and before any of those that may come next. */
function condition(name: string, next: readonly string[]): string {
  const seen = name
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => `__fish_seen_subcommand_from ${word}`);
  const unseen = next.length === 0 ? [] : [`not __fish_seen_subcommand_from ${next.join(' ')}`];
  return [...seen, ...unseen].join('; and ') || 'true';
}

function wordLines(hint: Hint, within: string): string[] {
  if (hint.kind === 'anything') return [];
  return [line([within, ...(hint.kind === 'file' ? ['-F'] : [`-a ${quoted(hint.choices.join(' '))}`])])];
}

function valueHint(hint: Hint): string {
  if (hint.kind === 'file') return '-F';
  return hint.kind === 'choice' ? `-f -a ${quoted(hint.choices.join(' '))}` : '-f';
}

const line = (parts: readonly string[]): string => ['complete -c vigia', ...parts].join(' ');
const about = (text: string): string => `-d ${quoted(text.replaceAll('`', ''))}`;

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
