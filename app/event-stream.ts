const RETRY_MS = 2_000;

type Order = {
  /** Asked for at each new connection: the address may hold the place to go on from. */
  address: () => string;
  on: Readonly<Record<string, (data: unknown, id: string) => void>>;
  /** Whether there is a connection. */
  connected: (is: boolean) => void;
  /** The server has refused or ended it: whether to try again; always, where it does not say. */
  mayRetry?: () => Promise<boolean>;
};

type EventStream = {
  /** Connects anew, from the address as it is now. */
  reopen: () => void;
  /** Whether the browser has given up, and the next try is still to come. */
  hasGivenUp: () => boolean;
  close: () => void;
};

/**
 * Follows server-sent events until it is closed. The browser comes back by itself after a connection breaks; where it gives up,
 * as after an answer that is none, a new one is opened a little later.
 */
export function openEventStream({ address, on, connected, mayRetry }: Order): EventStream {
  let isClosed = false;
  let source: EventSource | null = null;

  const connect = () => {
    source?.close();
    if (isClosed) return;
    const opened = new EventSource(address());
    source = opened;
    opened.addEventListener('open', () => connected(true));
    opened.addEventListener('error', () => {
      connected(false);
      if (opened.readyState === EventSource.CLOSED && source === opened) setTimeout(() => void again(opened), RETRY_MS);
    });
    for (const [name, handle] of Object.entries(on)) {
      opened.addEventListener(name, ({ data, lastEventId }) => handle(parsed(data), lastEventId));
    }
  };
  const again = async (given: EventSource) => {
    const may = mayRetry === undefined || (await mayRetry());
    if (may && source === given) connect();
  };

  connect();
  return {
    reopen: connect,
    hasGivenUp: () => source?.readyState === EventSource.CLOSED,
    close: () => {
      isClosed = true;
      source?.close();
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
