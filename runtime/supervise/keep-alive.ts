import { messageOf } from '#lib/errors';
import { pause } from '#lib/lifecycle';
import type { Log } from '#lib/log';
import { Backoff } from './backoff.ts';
import { type Child, describeExit } from './child.ts';

/** A process that ran this long was well: its next failure is a first one. */
const HEALTHY_MS = 10_000;

type KeepAlive = {
  name: string;
  start: () => Promise<Child>;
  /** Called with every process that was started. */
  started?: (child: Child) => void;
  graceMs: number;
  signal: AbortSignal;
  log: Log;
};

/** Starts a process and starts it again whenever it ends, until the signal; then stops it and resolves. */
export async function keepAlive({ name, start, started, graceMs, signal, log }: KeepAlive): Promise<void> {
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
      log.error(`${name} ${describeExit(await child.exited)}; starting it again`);
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
