import 'server-only';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { findInvocation } from '#lib/functions/find-invocation';
import { readInvocation } from '#lib/functions/read-invocation';
import type { FirstInvocation } from './with-inspector.tsx';

/** The invocation that an address names, by its id or by a time, for the first HTML. */
export async function loadPicked(
  ctx: Context,
  caller: Caller | null,
  name: string,
  tick: string | null,
): Promise<FirstInvocation | null> {
  if (tick === null) return null;
  const found = tick.includes('-')
    ? readInvocation(ctx, caller, { name, id: tick })
    : findInvocation(ctx, caller, { name, at: Number(tick) });
  const invocation = await found.catch((error: unknown) => {
    if (error instanceof VigiaError && error.code === 'not_found') return null;
    throw error;
  });
  return { tick, invocation };
}
