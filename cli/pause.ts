import { setTimeout as wait } from 'node:timers/promises';

/** Waits; throws what the signal was aborted with. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => {});
  signal.throwIfAborted();
}
