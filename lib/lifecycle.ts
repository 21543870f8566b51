import { ConfigError } from './config.ts';
import { messageOf } from './errors.ts';
import type { Log } from './log.ts';

/** After the signal to stop, whatever still hangs is cut off: so long after the time that jobs or requests have. */
export const FORCED_EXIT_MS = 5_500;
const LINGER_MS = 300;

/** The exit code of a process that cannot start as it is configured (`EX_CONFIG` of sysexits.h): trying again is of no use. */
export const MISCONFIGURED = 78;

/** What a supervised process says when it has started. */
export const READY = 'ready';

/**
 * Runs a service until a signal, or until the parent that supervises it is gone. `start` gets the signal that every
 * wait inside must obey; what it returns is disposed of before the process ends by itself.
 */
export async function runUntilStopped(
  log: Log,
  start: (signal: AbortSignal) => Promise<AsyncDisposable>,
  { graceMs }: { graceMs: number },
): Promise<void> {
  const stop = new AbortController();
  const stopped = new Promise<void>((resolve) =>
    stop.signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  // Not once: npm passes on the Ctrl-C that the terminal has sent already, and a second one must not cut the first short.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stop.abort());
  process.once('disconnect', () => stop.abort());
  stop.signal.addEventListener('abort', () => {
    setTimeout(() => {
      log.error('did not stop in time; forcing the exit');
      process.exit(1);
    }, FORCED_EXIT_MS + graceMs).unref();
  });

  try {
    await using _service = await start(stop.signal);
    process.send?.(READY);
    await stopped;
  } catch (error) {
    // One that cannot start says so also when it is stopped in that moment, such as because another one cannot.
    if (!stop.signal.aborted || error instanceof ConfigError) throw error;
    log.warn({ reason: messageOf(error) }, 'stopped with an error');
  }
  if (process.connected) process.disconnect();
  // All of ours is closed. What still holds the process, such as the watchers of Next's development server, has no say.
  setTimeout(() => process.exit(), LINGER_MS).unref();
}

/** Waits, and returns early when the signal says so. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(0, ms));
    signal.addEventListener('abort', done, { once: true });
  });
}
