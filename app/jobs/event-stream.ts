const RETRY_MS = 2_000;

type Order = {
  /** Asked for at each new connection: the address may hold the place to go on from. */
  address: () => string;
  on: Readonly<Record<string, (data: unknown, id: string) => void>>;
  /** Whether there is a connection. */
  connected: (is: boolean) => void;
  /** The server has refused or ended it: whether to try again. */
  mayRetry: () => Promise<boolean>;
};

/**
 * Follows server-sent events until it is closed. The browser comes back by itself after a connection breaks; where it gives up,
 * as after an answer that is none, a new one is opened a little later.
 */
export function openEventStream({ address, on, connected, mayRetry }: Order): () => void {
  const stop = new AbortController();
  let source: EventSource | null = null;

  const connect = () => {
    if (stop.signal.aborted) return;
    const opened = new EventSource(address());
    source = opened;
    opened.addEventListener('open', () => connected(true));
    opened.addEventListener('error', () => {
      connected(false);
      if (opened.readyState === EventSource.CLOSED) setTimeout(() => void again(), RETRY_MS);
    });
    for (const [name, handle] of Object.entries(on)) {
      opened.addEventListener(name, ({ data, lastEventId }) => handle(parsed(data), lastEventId));
    }
  };
  const again = async () => {
    if (!stop.signal.aborted && (await mayRetry())) connect();
  };

  connect();
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
