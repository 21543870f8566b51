import { isUnavailable, VigiaError } from '#lib/errors';
import { pause } from '#lib/lifecycle';

const RETRY_MS = 250;

/**
 * Asks Redis until it answers: only for what does no harm when it is done twice, because an answer may be lost on its way.
 * At the signal it gives up, as `unavailable`.
 */
export async function untilAnswered<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  while (!signal.aborted) {
    try {
      return await work();
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      await pause(RETRY_MS, signal);
    }
  }
  throw new VigiaError('unavailable', 'Redis did not answer as long as there was time');
}
