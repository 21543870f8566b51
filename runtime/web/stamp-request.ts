import type { IncomingMessage } from 'node:http';
import { requestId, stampedHeaders } from '#lib/auth/request-facts';

/** Tells pages and the API what only this door knows, over whatever the client has put in these headers; returns the request's id. */
export function stampRequest(request: IncomingMessage): string {
  const { headers } = request;
  const given = headers[stampedHeaders.requestId];
  const id = requestId(typeof given === 'string' ? given : undefined);
  headers[stampedHeaders.requestId] = id;
  // Empty, and not left out, for a client that has gone: what it sent must not stand.
  headers[stampedHeaders.remote] = request.socket.remoteAddress ?? '';
  return id;
}
