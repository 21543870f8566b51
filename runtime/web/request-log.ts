import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type AskerNote, requestFacts } from '#lib/auth/request-facts';
import type { Config } from '#lib/config';
import type { Log } from '#lib/log';
import { socketTakenFrom } from './live/own-socket.ts';

/** What is asked for all the time by machines, or a dozen times for a page. */
const IN_PASSING = /^\/(?:livez$|readyz$|metrics$|_next\/)/;
const READS = ['GET', 'HEAD', 'OPTIONS'];
/** An address may be as long as all headers together, and whoever sends it decides how often. */
const MOST_OF_PATH = 300;

type Met = { request: IncomingMessage; response: ServerResponse; config: Config; log: Log };

/** What a line says that is known before its end, and how it is written. */
type Begun = {
  log: Log;
  level: 'info' | 'debug';
  startedAt: number;
  /** On the same connection. */
  sentBefore: number;
  asker: AskerNote;
  about: { method: string; path: string; status: number | null; address: string };
};

/**
 * One line for each request, when it has been answered or its stream has ended: changes and failures of ours at `info`, so
 * that a log of months can be read; all else at `debug`, also what a stranger is refused, who could write without end. Of
 * the address only the path: a query may hold what is nobody's business. Returns where to put down who asked.
 */
export function logWhenOver({ request, response, config, log }: Met): AskerNote {
  const asker: AskerNote = { uid: null };
  const method = request.method ?? '';
  const path = (request.url ?? '').split('?', 1)[0]?.slice(0, MOST_OF_PATH) ?? '';
  const { socket } = request;
  const [startedAt, sentBefore] = [performance.now(), socket.bytesWritten];
  response.once('close', () => {
    const status = response.headersSent ? response.statusCode : null;
    const level = levelOf({ method, path, status, uid: asker.uid });
    if (!log.isLevelEnabled(level)) return;
    const { address } = requestFacts(config, (name) => request.headers[name]?.toString());
    const begun = { log, level, startedAt, sentBefore, asker, about: { method, path, status, address } };
    const stream = socketTakenFrom(response);
    if (stream === undefined) write(begun, { sent: socket.bytesWritten, isWhole: response.writableFinished });
    else writeAfter(stream, begun);
  });
  return asker;
}

/** By itself, because a stream would keep the request for as long as it is open, and with it most of what a viewer costs. */
function writeAfter(stream: Socket, begun: Begun): void {
  stream.once('close', () => write(begun, { sent: stream.bytesWritten, isWhole: true }));
}

function write(
  { log, level, startedAt, sentBefore, asker, about: { address, ...about } }: Begun,
  { sent, isWhole }: { sent: number; isWhole: boolean },
): void {
  const [ms, bytes] = [Math.round(performance.now() - startedAt), sent - sentBefore];
  const cut = isWhole ? {} : { cut: true };
  log[level]({ ...about, ms, bytes, uid: asker.uid, address, ...cut }, 'request');
}

type Over = { method: string; path: string; status: number | null; uid: number | null };

function levelOf({ method, path, status, uid }: Over): 'info' | 'debug' {
  if (IN_PASSING.test(path)) return 'debug';
  if (status !== null && status >= 500) return 'info';
  const isRefused = uid === null && status !== null && status >= 400;
  return READS.includes(method) || isRefused ? 'debug' : 'info';
}
