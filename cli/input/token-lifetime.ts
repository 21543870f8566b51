import * as z from 'zod';
import { digits, value } from '../params.ts';

const DAY_MS = 86_400_000;
const DAYS = 90;

const days = z.union(
  [z.literal('never'), digits(z.int().min(1, 'must be at least 1').max(3_650, 'must be at most 3650'))],
  {
    error: 'must be a number of days, or never',
  },
);

/** For how long a token is to work. */
export const expires = value('DAYS', `After how many days the token ends, or \`never\`; ${DAYS} unless given.`, days);

/** When it ends, as ms since the epoch; null for one that does not. */
export function endOf(lifetime: number | 'never' = DAYS): number | null {
  return lifetime === 'never' ? null : Date.now() + lifetime * DAY_MS;
}
