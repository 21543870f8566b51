import type { Command, Hint } from '../command.ts';
import { optionsOf } from '../parse/parse-call.ts';

/** The words that may come after the beginning of commands: "" → login, jobs, …; "jobs" → submit, list, …. */
export function nextWords(commands: readonly Command[]): Map<string, Map<string, string>> {
  const next = new Map<string, Map<string, string>>();
  for (const { name, summary } of commands) {
    const words = name.split(' ');
    for (const [index, word] of words.entries()) {
      const before = words.slice(0, index).join(' ');
      const after = next.get(before) ?? new Map<string, string>();
      next.set(before, after.set(word, index === words.length - 1 ? summary : `Commands for ${word}`));
    }
  }
  return next;
}

export type CompletedOption = { long: string; short: string | null; takesValue: boolean; hint: Hint; summary: string };

/** The options of a command as they are typed. */
export function completedOptions(command: Command): CompletedOption[] {
  return Object.entries(optionsOf(command)).map(([name, { kind, short, hint, summary }]) => ({
    long: `--${name}`,
    short: short === undefined ? null : `-${short}`,
    takesValue: kind !== 'flag',
    hint,
    summary: summary.replaceAll('`', ''),
  }));
}

/** What may stand as a word of a command; the last one's hint, if the words differ, has the say. */
export function wordHint({ words }: Command): Hint {
  const hints = Object.values(words).map(({ hint }) => hint);
  return hints.findLast(({ kind }) => kind !== 'anything') ?? { kind: 'anything' };
}
