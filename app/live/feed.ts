import type { HistoryEntry } from '#lib/schemas/history';
import type { LiveState } from '#lib/schemas/live';
import { isLiveEntry, isLiveState } from './guards.ts';
import { fetchResults } from './rest.ts';

export type FeedHandlers = {
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

const RETRY_MS = 2_000;
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
  let source: EventSource | null = null;
  let closedAt: number | null = Date.now();

  const connect = () => {
    source?.close();
    if (stop.signal.aborted) return;
    const opened = new EventSource(
      `/live/${encodeURIComponent(name)}?after=${encodeURIComponent(handlers.newestId())}`,
    );
    source = opened;
    opened.addEventListener('open', () => {
      closedAt = null;
      handlers.lost(null);
      handlers.happened();
    });
    opened.addEventListener('error', () => {
      closedAt ??= Date.now();
      if (opened.readyState === EventSource.CLOSED && source === opened) setTimeout(connect, RETRY_MS);
    });
    opened.addEventListener('result', (event) => {
      const entry = entryOf(event.lastEventId, event.data);
      if (entry !== null) handlers.entries([entry]);
    });
    opened.addEventListener('state', (event) => {
      const state = parsed(event.data);
      if (isLiveState(state)) handlers.state(state);
    });
    opened.addEventListener('event', () => handlers.happened());
    opened.addEventListener('reset', () => handlers.reset());
  };

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
      if (isSilent && missed !== null && missed > 0) connect();
    }
  };

  const reconnectNow = () => {
    if (source?.readyState === EventSource.CLOSED) connect();
  };
  window.addEventListener('online', reconnectNow, { signal: stop.signal });
  connect();
  void watch();
  return () => {
    stop.abort();
    source?.close();
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function entryOf(id: string, text: string): HistoryEntry | null {
  const entry = parsed(text);
  return isLiveEntry(entry) ? { ...entry, id, at: Number(id.split('-')[0]) } : null;
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
