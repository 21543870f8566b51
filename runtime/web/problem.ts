import { type OutgoingHttpHeaders, type ServerResponse, STATUS_CODES } from 'node:http';
import { type ErrorCode, VigiaError } from '#lib/errors';

const STATUS = { not_found: 404, invalid: 422, unavailable: 503 } as const satisfies Record<ErrorCode, number>;
const RETRY_AFTER_SECONDS = '2';

/** Answers with problem details (RFC 9457). */
export function sendProblem(
  response: ServerResponse,
  status: number,
  detail: string,
  headers: OutgoingHttpHeaders = {},
): void {
  const body = JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail });
  response.writeHead(status, { 'Content-Type': 'application/problem+json', ...headers });
  response.end(body);
}

/** What a verb refused, as an answer; anything else is a fault of ours and says nothing of itself. */
export function sendError(response: ServerResponse, error: unknown): void {
  if (!(error instanceof VigiaError)) {
    sendProblem(response, 500, 'Something went wrong here; the log has more');
    return;
  }
  const retry = error.code === 'unavailable' ? { 'Retry-After': RETRY_AFTER_SECONDS } : {};
  sendProblem(response, STATUS[error.code], error.message, retry);
}
