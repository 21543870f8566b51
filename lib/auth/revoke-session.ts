import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { requireSelfOrAdmin } from './authorise.ts';
import type { Caller } from './caller.ts';
import { endCredential } from './end-credential.ts';
import { listSessions } from './list-sessions.ts';

/** Ends one session and its streams: one's own, or for admins anybody's. `not_found` when it is not that user's. */
export async function revokeSession(
  ctx: Context,
  caller: Caller,
  { uid, id }: { uid: number; id: string },
): Promise<void> {
  requireSelfOrAdmin(caller, uid);
  if (!(await endCredential(ctx, { kind: 'session', uid, id }))) {
    throw new VigiaError('not_found', 'There is no such session');
  }
  ctx.log.info({ uid, by: caller.uid }, 'session revoked');
}

/** Ends all of them, or all but the one that this is asked from. Returns how many. */
export async function revokeSessions(
  ctx: Context,
  caller: Caller,
  { uid, which }: { uid: number; which: 'all' | 'others' },
): Promise<number> {
  const sessions = await listSessions(ctx, caller, { uid });
  const doomed = sessions.filter(({ isCurrent }) => which === 'all' || !isCurrent);
  const ended = await Promise.all(doomed.map(({ id }) => endCredential(ctx, { kind: 'session', uid, id })));
  ctx.log.info({ uid, which, by: caller.uid }, 'sessions revoked');
  return ended.filter(Boolean).length;
}
