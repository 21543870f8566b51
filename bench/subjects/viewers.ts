/** Many viewers in one process: raw sockets that count result events and note when each came. */
import { connect, type Socket } from 'node:net';
import * as z from 'zod';
import { answerOrders } from './answer-orders.ts';

const MARKER = Buffer.from('event: result\n');
const BUFFER_BYTES = 64 * 1024;
/** Connections that are opened at the same time. */
const AT_ONCE = 100;
const CONNECT_MS = 10_000;

const order = z.discriminatedUnion('do', [
  z.object({ do: z.literal('connect'), crowd: z.string(), port: z.number(), path: z.string(), count: z.number() }),
  /** Forgets what came uncalled for, such as the second result of one sample. */
  z.object({ do: z.literal('arm'), crowd: z.string() }),
  /** Answers when every viewer of the crowd has got one more event, or when the time is up. */
  z.object({ do: z.literal('await'), crowd: z.string(), timeoutMs: z.number() }),
]);

/** `arrivals`: when each viewer got its event, in ms of the monotonic clock that all processes share. */
type Crowd = { viewers: Socket[]; arrivals: number[]; complete: (() => void) | null };

const crowds = new Map<string, Crowd>();

const sharedClock = (): number => Number(process.hrtime.bigint()) / 1e6;

function crowdOf(name: string): Crowd {
  const crowd = crowds.get(name) ?? { viewers: [], arrivals: [], complete: null };
  crowds.set(name, crowd);
  return crowd;
}

async function open(crowd: Crowd, port: number, path: string): Promise<void> {
  const opened = Promise.withResolvers<void>();
  // One buffer a socket would be the client's memory, not the server's; one for all is enough to look for a marker.
  const socket = connect({ port, host: '127.0.0.1', onread: { buffer: shared, callback: heard } });
  let greeted = false;
  function heard(bytes: number, buffer: Uint8Array): boolean {
    const now = sharedClock();
    const chunk = Buffer.from(buffer.buffer, buffer.byteOffset, bytes);
    if (!greeted) {
      greeted = true;
      if (chunk.includes('HTTP/1.1 200')) opened.resolve();
      else opened.reject(new Error(chunk.toString('utf8', 0, 200)));
    }
    if (chunk.includes(MARKER) && crowd.arrivals.push(now) >= crowd.viewers.length) crowd.complete?.();
    return true;
  }
  socket.setNoDelay(true);
  socket.once('error', opened.reject);
  socket.once('close', () => {
    crowd.viewers = crowd.viewers.filter((viewer) => viewer !== socket);
  });
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n`);
  const timer = setTimeout(() => opened.reject(new Error('no answer')), CONNECT_MS);
  try {
    await opened.promise;
    crowd.viewers.push(socket);
  } finally {
    clearTimeout(timer);
  }
}

const shared = Buffer.alloc(BUFFER_BYTES);

await answerOrders(async (text) => {
  const asked = order.parse(text);
  const crowd = crowdOf(asked.crowd);
  if (asked.do === 'connect') {
    let failure: string | undefined;
    for (let left = asked.count; left > 0 && failure === undefined; left -= AT_ONCE) {
      const opened = await Promise.allSettled(
        Array.from({ length: Math.min(left, AT_ONCE) }, () => open(crowd, asked.port, asked.path)),
      );
      failure = opened.filter((each) => each.status === 'rejected').map(({ reason }) => String(reason))[0];
    }
    return { viewers: crowd.viewers.length, failure };
  }
  if (asked.do === 'arm') {
    crowd.arrivals = [];
    return { viewers: crowd.viewers.length };
  }
  if (crowd.arrivals.length < crowd.viewers.length) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, asked.timeoutMs);
      crowd.complete = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
  crowd.complete = null;
  return { arrivals: crowd.arrivals.slice(0, crowd.viewers.length) };
});
process.exit(0);
