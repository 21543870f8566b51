import type { Context } from '#lib/context';
import type { Caller } from './caller.ts';
import { endOfSession, readSession } from './session-store.ts';
import { readToken } from './token-store.ts';

/**
 * When what this caller has proven itself with ends by itself, in ms since the epoch; a session that is used goes on for
 * longer. Null when it has ended, `Infinity` for what ends only when somebody ends it.
 */
export async function endOfCredential(
  ctx: Context,
  { via, credentialId: id }: Pick<Caller, 'via' | 'credentialId'>,
): Promise<number | null> {
  if (id === null) return Number.POSITIVE_INFINITY;
  if (via === 'session') {
    const session = await readSession(ctx, id);
    return session && endOfSession(session);
  }
  const token = await readToken(ctx, id);
  return token && (token.expiresAt ?? Number.POSITIVE_INFINITY);
}
