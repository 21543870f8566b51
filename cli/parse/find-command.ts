import { parseArgs } from 'node:util';
import type { Command } from '../command.ts';
import { globalOptions } from '../global-options.ts';
import { argumentConfig } from './argument-config.ts';

type Found =
  | { kind: 'command'; command: Command }
  /** The beginning of some, or of none. */
  | { kind: 'group'; name: string; commands: readonly Command[]; unknown: string | undefined };

/** The command that the first words name; options may stand before and among them. */
export function findCommand(commands: readonly Command[], argv: readonly string[]): Found {
  const config = { args: [...argv], options: argumentConfig(globalOptions), strict: false, allowPositionals: true };
  const words = parseArgs(config).positionals;
  let matching = commands;
  for (let count = 1; count <= words.length; count += 1) {
    const begin = words.slice(0, count).join(' ');
    const exact = matching.find(({ name }) => name === begin);
    if (exact !== undefined) return { kind: 'command', command: exact };
    const narrowed = matching.filter(({ name }) => name.startsWith(`${begin} `));
    if (narrowed.length === 0) {
      return {
        kind: 'group',
        name: words.slice(0, count - 1).join(' '),
        commands: matching,
        unknown: words[count - 1],
      };
    }
    matching = narrowed;
  }
  return { kind: 'group', name: words.join(' '), commands: matching, unknown: undefined };
}
