import type { IncomingMessage, ServerResponse } from 'node:http';
import { authenticate } from '#lib/auth/authenticate';
import type { Caller } from '#lib/auth/caller';
import { requestFacts } from '#lib/auth/request-facts';
import { mayRead, requireReader } from '#lib/auth/require-reader';
import type { Context } from '#lib/context';
import { entryId } from '#lib/schemas/history';
import { functionName } from '#lib/schemas/name';
import { sendProblem } from '../problem.ts';
import { EVENT_STREAM, HELLO_FRAME } from './frames.ts';
import type { LiveHub } from './hub.ts';
import { Viewer } from './viewer.ts';

/**
 * `GET /live/<function>`: server-sent events of one function. `Last-Event-ID`, or `?after=` on a first connection, is
 * the id of the last entry that the viewer has; all newer ones follow.
 */
export async function serveLive(
  ctx: Context,
  hub: LiveHub,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET') return sendProblem(response, 405, 'The live feed is read with GET', { Allow: 'GET' });
  const name = functionName.safeParse(decodeSegment(url.pathname.slice('/live/'.length)));
  if (!name.success) return sendProblem(response, 404, 'There is no such function');
  const after = lastSeen(request, url);
  if (after === undefined)
    return sendProblem(response, 422, 'after must be the id of an entry, such as 1764000000000-0');

  const reader = await readerOf(ctx, request);
  const viewer = new Viewer(response);
  if (reader !== null) hub.signedIn.add(viewer, reader);
  viewer.whenGone(() => {
    hub.signedIn.delete(viewer);
    void hub.leave(name.data, viewer);
  });
  await hub.join(name.data, viewer, after, () => {
    viewer.open(EVENT_STREAM);
    viewer.write(HELLO_FRAME);
  });
  if (viewer.isGone) await hub.leave(name.data, viewer);
}

/** Who reads, where that matters; `unauthenticated` when they must sign in and have not. */
async function readerOf(ctx: Context, { headers }: IncomingMessage): Promise<Caller | null> {
  if (mayRead(ctx.config, null)) return null;
  const facts = requestFacts(ctx.config, (name) => headers[name]?.toString());
  const caller = await authenticate(ctx, facts);
  requireReader(ctx.config, caller);
  return caller;
}

/** Null: from now on. Undefined: not an id. */
function lastSeen(request: IncomingMessage, url: URL): string | null | undefined {
  const given = request.headers['last-event-id'] ?? url.searchParams.get('after');
  if (given === null || given === undefined || given === '') return null;
  return entryId.safeParse(given).data;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}
