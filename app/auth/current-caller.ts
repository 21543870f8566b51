import 'server-only';
import { headers } from 'next/headers';
import { cache } from 'react';
import { authenticate } from '#lib/auth/authenticate';
import type { Caller } from '#lib/auth/caller';
import { requestFacts } from '#lib/auth/request-facts';
import { getContext } from '../context.ts';

/**
 * Who looks at this page, or null for nobody; asked once a request. Only the session counts: whoever sends a token or a
 * password talks to the API. `unavailable` while Redis is away and there is a session to look up.
 */
export const currentCaller = cache(async (): Promise<Caller | null> => {
  const ctx = await getContext();
  const said = await headers();
  const { sessionSecret, address, requestId } = requestFacts(ctx.config, (name) => said.get(name));
  return await authenticate(ctx, { sessionSecret, address, requestId });
});
