import { parseArgs } from 'node:util';

const OPTIONS = {
  command: { type: 'string', short: 'c' },
  condition: { type: 'string', short: 'n' },
  arguments: { type: 'string', short: 'a' },
  description: { type: 'string', short: 'd' },
  'long-option': { type: 'string', short: 'l' },
  'short-option': { type: 'string', short: 's' },
  'no-files': { type: 'boolean', short: 'f' },
  'force-files': { type: 'boolean', short: 'F' },
  'require-parameter': { type: 'boolean', short: 'r' },
} as const;

/** What `complete` is told in a script, as fish reads it after some words of a line. See https://fishshell.com/docs/current/cmds/complete.html */
export function fishOffers(script: string, typed: readonly string[]) {
  const words: string[] = [];
  const options = new Map<string, readonly string[] | 'files'>();
  for (const line of script.split('\n').filter((each) => each !== '' && !each.startsWith('#'))) {
    const [name, ...args] = wordsOf(line);
    const { values } = parseArgs({ args, options: OPTIONS });
    if (name !== 'complete' || values.command !== 'vigia') throw new Error(`not understood: ${line}`);
    if (!holds(values.condition ?? 'true', typed)) continue;
    const choices = values.arguments?.split(' ') ?? [];
    const long = values['long-option'];
    if (long === undefined) words.push(...choices);
    else options.set(`--${long}`, values['force-files'] ? 'files' : choices);
  }
  return { words, options };
}

function holds(condition: string, typed: readonly string[]): boolean {
  return condition.split('; and ').every((each) => {
    const [, not = '', names] = /^(not )?__fish_seen_subcommand_from (.+)$/.exec(each) ?? [];
    if (names === undefined) return each === 'true';
    return names.split(' ').some((name) => typed.includes(name)) === (not === '');
  });
}

/** Words are bare, or quoted by single quotes in which a backslash keeps a quote or another one. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  let at = 0;
  for (const { index, 0: word } of line.matchAll(/(?:'(?:[^'\\]|\\['\\])*'|[\w-]+)(?: |$)/g)) {
    if (index !== at) throw new Error(`not a word of fish at ${at}: ${line}`);
    at += word.length;
    words.push(word.trim().replace(/^'(.*)'$/s, (_, quoted: string) => quoted.replaceAll(/\\(['\\])/g, '$1')));
  }
  if (at !== line.length) throw new Error(`not a word of fish at ${at}: ${line}`);
  return words;
}
