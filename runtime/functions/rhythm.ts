import { lifetimes } from '#lib/keys';
import type { FunctionState } from '#lib/schemas/function';

/** No change of hands takes longer: a lease runs out before, and one who waits looks often. What is longer is an absence. */
const CHANGE_OF_HANDS_MS = lifetimes.lease + 5_000;

/**
 * How long until the next tick is due by the rhythm of the ones before. Negative when it has been due while the function
 * changed hands: it is served late, and the periods that have passed since are counted, as with a tick that runs too long.
 */
export function dueInMs(state: Pick<FunctionState, 'periodMs' | 'lastDueAt' | 'lastTickAt'>, now: number): number {
  const { periodMs, lastDueAt, lastTickAt } = state;
  if (lastDueAt !== null) {
    const wait = lastDueAt + periodMs - now;
    if (wait <= periodMs && wait >= -CHANGE_OF_HANDS_MS) return wait;
  }
  const wait = lastTickAt === null ? 0 : lastTickAt + periodMs - now;
  return wait > periodMs ? 0 : Math.max(0, wait);
}
