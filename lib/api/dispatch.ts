import { recordAudit } from '#lib/audit/record-audit';
import { authenticate } from '#lib/auth/authenticate';
import type { Caller } from '#lib/auth/caller';
import { notSignedIn } from '#lib/auth/not-signed-in';
import { type RequestFacts, requestFacts } from '#lib/auth/request-facts';
import { mayRead, requireReader } from '#lib/auth/require-reader';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { type Endpoint, isGuarded, type RawCall } from './endpoint.ts';
import { endpoints } from './endpoints.ts';
import { once } from './idempotency.ts';
import { problemFor, TransportRefusal } from './problem.ts';
import { mediaTypeOf, parseBody, queryOf, readBody, revisionOf } from './read-request.ts';
import { keptFrom, respond, responseFrom } from './respond.ts';
import { findRoutes, type Route } from './router.ts';
import { requireSameOrigin } from './same-origin.ts';

/** Answers any request to `/api/v1`. */
export async function dispatch(shared: Context, request: Request): Promise<Response> {
  const facts = requestFacts(shared.config, (name) => request.headers.get(name));
  const ctx = { ...shared, log: shared.log.child({ requestId: facts.requestId }) };
  const { pathname } = new URL(request.url);
  const response = await answer(ctx, request, facts, pathname).catch((error: unknown) =>
    problemFor(error, facts.requestId, ctx.log),
  );
  response.headers.set('X-Request-Id', facts.requestId);
  response.headers.set('Cache-Control', 'no-store');
  return request.method === 'HEAD' ? new Response(null, response) : response;
}

async function answer(ctx: Context, request: Request, facts: RequestFacts, pathname: string): Promise<Response> {
  const found = findRoutes(endpoints, request.method, pathname);
  if (found.kind === 'options') return new Response(null, { status: 204, headers: { Allow: found.allow } });
  const { endpoint, params } = routeFor(found.routes, request);
  if (endpoint.method !== 'GET') requireSameOrigin(request, facts);
  const caller = await admit(ctx, endpoint, facts);
  const bytes = endpoint.body === null ? Buffer.alloc(0) : await readBody(request, endpoint.body);
  const key = endpoint.isIdempotent ? request.headers.get('idempotency-key') : null;
  const body = endpoint.body === null ? undefined : parseBody(bytes, endpoint.body);
  const query = queryOf(request);
  const perform = async () => {
    const call: RawCall = {
      caller,
      params,
      query,
      body,
      revision: endpoint.checksRevision ? revisionOf(request) : undefined,
      key: key ?? undefined,
      facts,
    };
    return await performed(ctx, endpoint, call);
  };
  if (key === null || caller === null || endpoint.keepsKey) return await perform();
  const wants = [endpoint.id, params, query, body];
  return responseFrom(await once(ctx, { uid: caller.uid, key, wants }, async () => await keptFrom(await perform())));
}

async function performed(ctx: Context, endpoint: Endpoint, call: RawCall): Promise<Response> {
  const reply = await endpoint.run(ctx, call);
  if ('audit' in reply && reply.audit !== null) {
    const { by = call.caller, ...change } = reply.audit;
    await recordAudit(ctx, by, change, call.facts);
  }
  return respond(endpoint, reply, call.facts);
}

/**
 * Who asks, once they may go on. The verbs decide again; this is so that a refusal comes before a body is read. What is for
 * everybody asks nobody who they are, and so answers while Redis does not.
 */
async function admit(ctx: Context, { access, tellsCallers }: Endpoint, facts: RequestFacts): Promise<Caller | null> {
  const isForEverybody = access === 'public' || (access === 'reader' && mayRead(ctx.config, null));
  if (isForEverybody && !tellsCallers) return null;
  const caller = await authenticate(ctx, facts);
  if (access === 'reader') requireReader(ctx.config, caller);
  if (isGuarded(access) && caller === null) throw notSignedIn(facts);
  if (access === 'admin' && caller?.role !== 'admin') throw new VigiaError('forbidden', 'Only an admin may do this');
  return caller;
}

/** Of routes that differ in what they take, the one for this media type; a body that none of them takes is a 415. */
function routeFor(routes: readonly Route[], request: Request): Route {
  const given = mediaTypeOf(request);
  const route = routes.find(({ endpoint }) => takes(endpoint, given));
  if (route !== undefined) return route;
  const media = routes.map(({ endpoint }) => endpoint.body?.media ?? 'application/json');
  throw new TransportRefusal(415, `The body must be ${media.join(' or ')}`, { Accept: media.join(', ') });
}

/** A change without a body may come with an empty one of JSON, but with nothing that a form could send. */
function takes({ method, body }: Endpoint, media: string | null): boolean {
  if (body !== null) return body.media === media;
  return method === 'GET' || media === null || media === 'application/json';
}
