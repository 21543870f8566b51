import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { requireSelfOrAdmin } from './authorise.ts';
import type { Caller } from './caller.ts';
import { endCredential } from './end-credential.ts';

/** Ends a token and its streams: one's own, or for admins anybody's. `not_found` when it is not that user's. */
export async function revokeToken(
  ctx: Context,
  caller: Caller,
  { uid, id }: { uid: number; id: string },
): Promise<void> {
  requireSelfOrAdmin(caller, uid);
  if (!(await endCredential(ctx, { kind: 'token', uid, id }))) {
    throw new VigiaError('not_found', 'There is no such token');
  }
  ctx.log.info({ uid, token: id, by: caller.uid }, 'token revoked');
}
