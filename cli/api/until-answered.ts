import { setTimeout as wait } from 'node:timers/promises';
import { Refusal, Unreachable } from './refusal.ts';

type Backoff = {
  firstMs: number;
  mostMs: number;
  times: number;
  /** Not again when it was lost so long ago: a server that hangs takes a minute each time. */
  forMs: number;
};

/** Some 16 s: a restart of the server. */
const BACKOFF: Backoff = { firstMs: 200, mostMs: 5_000, times: 7, forMs: 15_000 };

type Losing = {
  /** Told at the first time. */
  onLost: (reason: string) => void;
  backoff?: Backoff;
};

/**
 * Asks until there is an answer, where one was lost on the way: what is asked must have its effect once, however often it is
 * sent. A server that cannot be reached to begin with is not waited for, as its address may be wrong.
 */
export async function untilAnswered<T>(ask: () => Promise<T>, { onLost, backoff = BACKOFF }: Losing): Promise<T> {
  let lostAt = 0;
  for (let failures = 0; ; failures += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Unreachable || error instanceof Refusal)) throw error;
      if (!(failures === 0 ? isLost(error) : isAway(error))) throw error;
      if (failures === 0) {
        lostAt = performance.now();
        onLost(error.message);
      }
      if (failures === backoff.times || performance.now() - lostAt > backoff.forMs) throw error;
    }
    await wait(Math.min(backoff.firstMs * 2 ** failures, backoff.mostMs));
  }
}

/** Whether the server may have done what it was asked for; 502 and 504 are what proxies say of that. */
function isLost(error: Unreachable | Refusal): boolean {
  return error instanceof Unreachable ? error.mayHaveArrived : [502, 504].includes(error.status);
}

/** Whether it may be there again soon. */
function isAway(error: Unreachable | Refusal): boolean {
  return error instanceof Unreachable || [502, 503, 504].includes(error.status);
}
