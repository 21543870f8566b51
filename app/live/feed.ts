import type { HistoryEntry } from '#lib/schemas/history';
import type { LiveState } from '#lib/schemas/live';
import { openEventStream } from '../event-stream.ts';
import { isLiveEntry, isLiveState } from './guards.ts';
import { fetchResults } from './rest.ts';

type FeedHandlers = {
  newestId(): string;
  /** Whether results should have come, but none did. */
  isQuiet(): boolean;
  entries(entries: HistoryEntry[]): void;
  state(state: LiveState): void;
  /** Something has happened that is to be read, or may have while nobody listened. */
  happened(): void;
  serverTime(now: number): void;
  /** What was missed is no longer kept. */
  reset(): void;
  /** How long there has been no connection; null when there is one. */
  lost(forMs: number | null): void;
};

/** A feed that is closed for longer is replaced by polling until it is back. */
const PATIENCE_MS = 10_000;
const POLL_MS = 2_000;
/** An open feed in which nothing comes is checked this often. */
const CHECK_MS = 15_000;

/**
 * Follows a function: server-sent events, which the browser resumes by itself, a new connection with the newest id when
 * it gives up, and polling while there is none.
 */
export function openFeed(name: string, handlers: FeedHandlers): () => void {
  const stop = new AbortController();
  let closedAt: number | null = Date.now();

  const stream = openEventStream({
    address: () => `/live/${encodeURIComponent(name)}?after=${encodeURIComponent(handlers.newestId())}`,
    connected: (is) => {
      if (!is) closedAt ??= Date.now();
      else {
        closedAt = null;
        handlers.lost(null);
        handlers.happened();
      }
    },
    on: {
      result: (entry, id) => {
        if (isLiveEntry(entry)) handlers.entries([{ ...entry, id, at: Number(id.split('-')[0]) }]);
      },
      state: (state) => {
        if (isLiveState(state)) handlers.state(state);
      },
      event: () => handlers.happened(),
      reset: () => handlers.reset(),
    },
  });

  const catchUp = async (): Promise<number> => {
    const { data, serverNow } = await fetchResults(name, { after: handlers.newestId(), limit: '1000' });
    if (serverNow !== null) handlers.serverTime(serverNow);
    handlers.entries(data.results);
    if (!data.complete) handlers.reset();
    return data.results.length;
  };

  const watch = async () => {
    let checkedAt = Date.now();
    while (!stop.signal.aborted) {
      await pause(POLL_MS, stop.signal);
      const isLost = closedAt !== null && Date.now() - closedAt > PATIENCE_MS;
      const isSilent = closedAt === null && handlers.isQuiet() && Date.now() - checkedAt > CHECK_MS;
      if (stop.signal.aborted || !(isLost || isSilent)) continue;
      checkedAt = Date.now();
      const missed = await catchUp().catch(() => null);
      if (isLost && closedAt !== null) handlers.lost(missed === null ? Date.now() - closedAt : null);
      if (isSilent && missed !== null && missed > 0) stream.reopen();
    }
  };

  const reconnectNow = () => {
    if (stream.hasGivenUp()) stream.reopen();
  };
  window.addEventListener('online', reconnectNow, { signal: stop.signal });
  void watch();
  return () => {
    stop.abort();
    stream.close();
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
