import { parseArgs } from 'node:util';

type Options = { json: boolean; quick: boolean; rounds: number; only: readonly string[] | null };

export const USAGE = 'npm run bench -- [--json] [--only row,row] [--rounds N] [--quick]';

const MAX_ROUNDS = 100;

/** Throws with a sentence when the words make no sense; `known` are the ids of all rows. */
export function parseOptions(words: readonly string[], known: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      rounds: { type: 'string' },
    },
  });
  const rounds = values.rounds === undefined ? (values.quick ? 2 : 5) : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > MAX_ROUNDS) {
    throw new Error(`--rounds must be a whole number from 1 to ${MAX_ROUNDS}`);
  }
  const only = values.only?.split(',').map((id) => id.trim()) ?? null;
  const unknown = only?.filter((id) => !known.includes(id)) ?? [];
  if (unknown.length > 0) throw new Error(`there is no row ${unknown.join(', ')}; the rows are ${known.join(', ')}`);
  return { json: values.json, quick: values.quick, rounds, only };
}
