import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { authenticate } from '#lib/auth/authenticate';
import { requestFacts } from '#lib/auth/request-facts';
import { mayRead } from '#lib/auth/require-reader';
import type { Context } from '#lib/context';

/** Before live data is loaded for a page: where readers must sign in, those who have not are sent to do so. */
export async function requirePageReader(ctx: Context): Promise<void> {
  if (mayRead(ctx.config, null)) return;
  const sent = await headers();
  const caller = await authenticate(
    ctx,
    requestFacts(ctx.config, (name) => sent.get(name)),
  );
  if (!mayRead(ctx.config, caller)) redirect('/signin');
}
