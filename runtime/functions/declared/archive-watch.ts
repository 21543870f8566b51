import { messageOf } from '#lib/errors';
import { pause } from '#lib/lifecycle';
import type { Log } from '#lib/log';
import { Backoff } from '#runtime/supervise/backoff';
import type { ArchiveSource, Look } from '../code/archive-source.ts';
import { watchFile } from './file-watch.ts';

const archiveRetry = { firstMs: 5_000, maxMs: 300_000 } as const;

type Options = {
  source: Pick<ArchiveSource, 'label' | 'path' | 'canChange' | 'look'>;
  refreshMs: number;
  log: Log;
  /** Called for each version once, in order; a rejection counts as a failed look. */
  found(look: Extract<Look, { kind: 'found' }>): Promise<void>;
  /** The archive cannot be had, or is not a good one. */
  failed(reason: string): void;
  retry?: { firstMs: number; maxMs: number };
};

/**
 * Looks at an archive again and again: after `refreshMs`, when its file changes, and with growing waits while it cannot be
 * fetched or read. Ends at the signal.
 */
export async function watchArchive(options: Options, signal: AbortSignal): Promise<void> {
  const { source, refreshMs, log } = options;
  const { firstMs, maxMs } = options.retry ?? archiveRetry;
  const backoff = new Backoff(firstMs, maxMs);
  let news = new AbortController();
  const watching = source.path === null ? Promise.resolve() : watchFile(source.path, async () => news.abort(), signal);
  while (!signal.aborted) {
    news = new AbortController();
    const problem = await lookOnce(options, signal);
    if (signal.aborted) break;
    let wait = refreshMs;
    if (problem === null) {
      backoff.reset();
    } else {
      wait = backoff.take();
      log.error({ retryInMs: wait }, `${source.label} cannot be used: ${problem}`);
      options.failed(problem);
    }
    if (!source.canChange) break;
    await pause(wait, AbortSignal.any([signal, news.signal]));
  }
  await watching;
}

/** Null when there is a good archive, new or known. */
async function lookOnce({ source, found }: Options, signal: AbortSignal): Promise<string | null> {
  const look = await source.look(signal);
  if (look.kind === 'failed') return look.reason;
  try {
    if (look.kind === 'found' && !signal.aborted) await found(look);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}
