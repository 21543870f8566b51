import type { RequestFacts } from '#lib/auth/request-facts';
import { writeSessionCookie } from '#lib/auth/session-cookie';
import type { Answered, Endpoint } from './endpoint.ts';
import type { KeptAnswer } from './idempotency.ts';
import { BASE } from './router.ts';

/** What a handler returned, over HTTP. */
export function respond({ answer }: Endpoint, reply: Answered<unknown>, { isSecure }: RequestFacts): Response {
  const { status, media } = answer;
  const { body, revision, location, fileName, session } = reply;
  const headers = new Headers(media === null ? {} : { 'Content-Type': media });
  if (revision !== undefined) headers.set('ETag', `"${revision}"`);
  if (location !== undefined) headers.set('Location', BASE + location);
  if (fileName !== undefined) headers.set('Content-Disposition', `attachment; filename="${fileName}"`);
  if (session !== undefined) headers.set('Set-Cookie', writeSessionCookie(session, isSecure));
  return new Response(media === null ? null : contentOf(body), { status, headers });
}

function contentOf(body: unknown): BodyInit {
  if (body instanceof Uint8Array) return Uint8Array.from(body);
  return isText(body) ? streamOf(body) : JSON.stringify(body);
}

function isText(body: unknown): body is AsyncGenerator<string> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

/** Asks for the next part when the last one has been sent, and for no more once nobody reads. */
function streamOf(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(Buffer.from(value));
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}

/** An answer as it is kept, and back. */
export async function keptFrom(response: Response): Promise<KeptAnswer> {
  const { status, headers } = response;
  return { status, headers: Object.fromEntries(headers), body: await response.text() };
}

export function responseFrom({ status, headers, body }: KeptAnswer): Response {
  return new Response(status === 204 ? null : body, { status, headers });
}
