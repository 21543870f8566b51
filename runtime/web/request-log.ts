import type { IncomingMessage, ServerResponse } from 'node:http';
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

/**
 * One line for each request, when it has been answered or its stream has ended: changes and failures of ours at `info`, so
 * that a log of months can be read; all else at `debug`. Of the address only the path: a query may hold what is nobody's
 * business. Returns where to put down who asked.
 */
export function logWhenOver({ request, response, config, log }: Met): AskerNote {
  const asker: AskerNote = { uid: null };
  const method = request.method ?? '';
  const path = (request.url ?? '').split('?', 1)[0]?.slice(0, MOST_OF_PATH) ?? '';
  const { socket } = request;
  const [startedAt, sentBefore] = [performance.now(), socket.bytesWritten];
  response.once('close', () => {
    const status = response.headersSent ? response.statusCode : null;
    const level = levelOf(method, path, status);
    if (!log.isLevelEnabled(level)) return;
    const { address } = requestFacts(config, (name) => request.headers[name]?.toString());
    const stream = socketTakenFrom(response);
    const write = (bytes: number, isWhole: boolean) => {
      const ms = Math.round(performance.now() - startedAt);
      const cut = isWhole ? {} : { cut: true };
      log[level]({ method, path, status, ms, bytes, uid: asker.uid, address, ...cut }, 'request');
    };
    if (stream === undefined) write(socket.bytesWritten - sentBefore, response.writableFinished);
    else stream.once('close', () => write(stream.bytesWritten, true));
  });
  return asker;
}

function levelOf(method: string, path: string, status: number | null): 'info' | 'debug' {
  if (IN_PASSING.test(path)) return 'debug';
  return !READS.includes(method) || (status ?? 0) >= 500 ? 'info' : 'debug';
}
