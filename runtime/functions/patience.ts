import { pause } from '#lib/lifecycle';
import { Backoff } from '#runtime/supervise/backoff';

/** Asks Redis again and again until it answers; undefined when the signal comes first. */
export async function untilAnswered<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const backoff = new Backoff(100, 1_500);
  while (!signal.aborted) {
    try {
      return await ask();
    } catch {
      await pause(backoff.take(), signal);
    }
  }
  return undefined;
}
