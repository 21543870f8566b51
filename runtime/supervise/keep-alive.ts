import { messageOf } from '#lib/errors';
import { pause } from '#lib/lifecycle';
import type { Log } from '#lib/log';
import { Backoff } from './backoff.ts';
import { type Child, describeExit, type Exit } from './child.ts';

/** A process that ran this long was well: its next failure is a first one. */
const HEALTHY_MS = 10_000;

type KeepAlive = {
  name: string;
  start: () => Promise<Child>;
  /** Called with every process that was started. */
  started?: (child: Child) => void;
  /** Called with every one that has ended by itself. */
  ended?: (child: Child) => void;
  /** Whether it need not be started again after such an end. */
  isFinal?: (exit: Exit) => boolean;
  graceMs: number;
  signal: AbortSignal;
  log: Log;
};

/** Starts a process and starts it again whenever it ends, until a final end or the signal; then stops it and resolves. */
export async function keepAlive({
  name,
  start,
  started,
  ended,
  isFinal,
  graceMs,
  signal,
  log,
}: KeepAlive): Promise<void> {
  const backoff = new Backoff(250, 10_000);
  while (!signal.aborted) {
    const startedAt = performance.now();
    try {
      const child = await start();
      started?.(child);
      await Promise.race([child.exited, aborted(signal)]);
      if (signal.aborted) {
        await child.terminate(graceMs);
        return;
      }
      const exit = await child.exited;
      ended?.(child);
      if (isFinal?.(exit) === true) return;
      log.error(`${name} ${describeExit(exit)}; starting it again`);
    } catch (error) {
      log.error(`${name} does not start: ${messageOf(error)}`);
    }
    if (performance.now() - startedAt > HEALTHY_MS) backoff.reset();
    await pause(backoff.take(), signal);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
