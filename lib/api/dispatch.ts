import { recordAudit } from '#lib/audit/record-audit';
import { authenticate } from '#lib/auth/authenticate';
import type { Caller } from '#lib/auth/caller';
import { type RequestFacts, requestFacts } from '#lib/auth/request-facts';
import { requireReader } from '#lib/auth/require-reader';
import { writeSessionCookie } from '#lib/auth/session-cookie';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { invalid } from '#lib/parse-input';
import type { Access, Endpoint, RawCall } from './endpoint.ts';
import { endpoints } from './endpoints.ts';
import { type KeptAnswer, once } from './idempotency.ts';
import { problemFor, TransportRefusal } from './problem.ts';
import { mediaTypeOf, parseBody, readBody } from './read-body.ts';
import { BASE, findRoutes, type Route } from './router.ts';
import { requireSameOrigin } from './same-origin.ts';

/** Answers any request to `/api/v1`. */
export async function dispatch(shared: Context, request: Request): Promise<Response> {
  const startedAt = performance.now();
  const facts = requestFacts(shared.config, (name) => request.headers.get(name));
  const ctx = { ...shared, log: shared.log.child({ requestId: facts.id }) };
  const { pathname } = new URL(request.url);
  const response = await answer(ctx, request, facts, pathname).catch((error: unknown) =>
    problemFor(error, facts.id, ctx.log),
  );
  response.headers.set('X-Request-Id', facts.id);
  response.headers.set('Cache-Control', 'no-store');
  const tookMs = Math.round(performance.now() - startedAt);
  ctx.log.debug({ method: request.method, path: pathname, status: response.status, tookMs }, 'API');
  return request.method === 'HEAD' ? new Response(null, response) : response;
}

async function answer(ctx: Context, request: Request, facts: RequestFacts, pathname: string): Promise<Response> {
  const found = findRoutes(endpoints, request.method, pathname);
  if (found.kind === 'options') return new Response(null, { status: 204, headers: { Allow: found.allow } });
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (!isRead) requireSameOrigin(request, facts);
  const caller = await authenticate(ctx, facts);
  const { endpoint, params } = routeFor(found.routes, request);
  admit(ctx, endpoint.access, caller);
  const bytes = endpoint.body === null ? Buffer.alloc(0) : await readBody(request, endpoint.body);
  const perform = async () => {
    const call: RawCall = {
      caller,
      params,
      query: queryOf(request),
      body: endpoint.body === null ? undefined : parseBody(bytes, endpoint.body),
      revision: endpoint.checksRevision ? revisionOf(request) : undefined,
      facts,
    };
    return await performed(ctx, endpoint, call);
  };
  const key = endpoint.isIdempotent ? request.headers.get('idempotency-key') : null;
  if (key === null || caller === null) return await perform();
  const parts = [endpoint.id, request.url, bytes];
  return responseOf(await once(ctx, { uid: caller.uid, key, parts }, async () => await kept(await perform())));
}

async function performed(ctx: Context, endpoint: Endpoint, call: RawCall): Promise<Response> {
  const reply = await endpoint.run(ctx, call);
  const { status, media } = endpoint.answer;
  const headers = new Headers(media === null ? {} : { 'Content-Type': media });
  if (reply.revision !== undefined) headers.set('ETag', `"${reply.revision}"`);
  if (reply.location !== undefined) headers.set('Location', BASE + reply.location);
  if (reply.fileName !== undefined) headers.set('Content-Disposition', `attachment; filename="${reply.fileName}"`);
  if (reply.session !== undefined) headers.set('Set-Cookie', writeSessionCookie(reply.session, call.facts.isSecure));
  if ('audit' in reply && reply.audit !== null) {
    const { by = call.caller, ...change } = reply.audit;
    await recordAudit(ctx, by, change, call.facts);
  }
  const body = reply.body instanceof Uint8Array ? Uint8Array.from(reply.body) : JSON.stringify(reply.body);
  return new Response(media === null ? null : body, { status, headers });
}

/** Who may go on. The verbs decide again; this is so that a refusal comes before a body is read. */
function admit({ config }: Context, access: Access, caller: Caller | null): void {
  if (access === 'reader') requireReader(config, caller);
  if (access === 'public' || access === 'reader') return;
  if (caller === null) throw new VigiaError('unauthenticated', 'Sign in first');
  if (access === 'admin' && caller.role !== 'admin') throw new VigiaError('forbidden', 'Only an admin may do this');
}

/** Of routes that differ in what they take, the one for this media type; a body that none of them takes is a 415. */
function routeFor(routes: readonly Route[], request: Request): Route {
  const given = mediaTypeOf(request);
  const route = routes.find(({ endpoint: { body } }) => (body === null ? isEmptyOrJson(given) : body.media === given));
  if (route !== undefined) return route;
  const media = routes.map(({ endpoint }) => endpoint.body?.media ?? 'application/json').join(', ');
  throw new TransportRefusal(415, `The body must be ${media.replace(', ', ' or ')}`, { Accept: media });
}

const isEmptyOrJson = (media: string | null) => media === null || media === 'application/json';

function queryOf(request: Request): Record<string, string> {
  const { searchParams } = new URL(request.url);
  const names = [...searchParams.keys()];
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (twice.length > 0) throw invalid(twice.map((path) => ({ path, message: 'must not be given twice' })));
  return Object.fromEntries(searchParams);
}

/** Undefined for whatever is there now. */
function revisionOf(request: Request): number | undefined {
  const header = request.headers.get('if-match')?.trim() ?? '*';
  if (header === '*') return undefined;
  const revision = /^"(\d{1,15})"$/.exec(header)?.[1];
  if (revision === undefined) throw invalid([{ path: 'If-Match', message: 'must be the ETag of an answer' }]);
  return Number(revision);
}

async function kept(response: Response): Promise<KeptAnswer> {
  const { status, headers } = response;
  return { status, headers: Object.fromEntries(headers), body: await response.text() };
}

function responseOf({ status, headers, body }: KeptAnswer): Response {
  return new Response(status === 204 ? null : body, { status, headers });
}
