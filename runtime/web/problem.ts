import { type OutgoingHttpHeaders, type ServerResponse, STATUS_CODES } from 'node:http';
import { VigiaError } from '#lib/errors';
import { httpRefusal } from '#lib/http-refusal';

/** Answers with problem details (RFC 9457). */
export function sendProblem(
  response: ServerResponse,
  status: number,
  detail: string,
  headers: OutgoingHttpHeaders = {},
): void {
  const body = JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail });
  response.writeHead(status, { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', ...headers });
  response.end(body);
}

/** What a verb refused, as an answer; anything else is a fault of ours and says nothing of itself. */
export function sendError(response: ServerResponse, error: unknown): void {
  if (!(error instanceof VigiaError)) {
    sendProblem(response, 500, 'Something went wrong here; the log has more');
    return;
  }
  const { status, headers } = httpRefusal(error);
  sendProblem(response, status, error.message, headers);
}
