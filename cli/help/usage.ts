import type { Command, Option, Word } from '../command.ts';
import { optionsOf } from '../parse/parse-call.ts';

/** "vigia jobs logs [options] ID". */
export function usageOf({ name, words }: Command): string {
  const shown = Object.values(words).map(shownWord);
  return ['vigia', name, '[options]', ...shown].join(' ');
}

export function shownWord({ kind, shown }: Word): string {
  if (kind === 'maybe') return `[${shown}]`;
  return kind === 'rest' ? `${shown}…` : shown;
}

/** "-f, --follow", "--limit N". */
export function shownOption(name: string, { short, shown }: Option): string {
  return `${short === undefined ? '' : `-${short}, `}--${name}${shown === '' ? '' : ` ${shown}`}`;
}

/** What an option is for, with what may be chosen. */
export function meaningOf({ summary, hint, kind }: Option | Word): string {
  const choices = hint.kind === 'choice' ? ` One of ${hint.choices.join(', ')}.` : '';
  return `${summary}${choices}${kind === 'values' ? ' May be given several times.' : ''}`;
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  const words = Object.values(command.words).map((word) => [shownWord(word), meaningOf(word)] as const);
  const options = Object.entries(optionsOf(command)).map(
    ([name, option]) => [shownOption(name, option), meaningOf(option)] as const,
  );
  return [
    `${command.summary}\n`,
    `  ${usageOf(command)}\n`,
    ...(command.description === undefined ? [] : [`${wrapped(command.description, lineWidth()).join('\n')}\n`]),
    pairs([...words, ...options]),
    'Examples:',
    ...command.examples.map((example) => `  ${example}`),
    '',
  ].join('\n');
}

/** The help of several, such as of all. */
export function groupHelp(name: string, commands: readonly Command[]): string {
  const list = commands.map((each) => [each.name, each.summary] as const);
  const title = name === '' ? 'vigia, the command line of Vigia: functions over live metrics, and jobs.\n' : undefined;
  return [
    ...(title === undefined ? [] : [title]),
    `  vigia ${name === '' ? '' : `${name} `}COMMAND [options]\n`,
    pairs(list),
    `"vigia${name === '' ? '' : ` ${name}`} COMMAND --help" says how each is used.`,
    '',
  ].join('\n');
}

/** Aligned pairs, with the right side wrapped where the terminal ends. */
function pairs(list: readonly (readonly [left: string, right: string])[]): string {
  const indent = Math.max(0, ...list.map(([left]) => left.length)) + 4;
  const room = Math.max(24, lineWidth() - indent);
  return list
    .map(([left, right]) => `  ${left.padEnd(indent - 2)}${wrapped(right, room).join(`\n${' '.repeat(indent)}`)}\n`)
    .join('');
}

/** Of a terminal, as far as lines can be read with ease. */
function lineWidth(): number {
  return Math.min(process.stdout.columns ?? 100, 100);
}

function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.replaceAll('`', '').split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
