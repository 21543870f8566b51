import type { Context } from '#lib/context';
import type { Caller } from './caller.ts';
import { endCredential } from './end-credential.ts';

/** Ends the session that this was asked from, and its streams; other credentials do not end by signing out. */
export async function signOut(ctx: Context, { via, uid, credentialId }: Caller): Promise<void> {
  if (via !== 'session' || credentialId === null) return;
  await endCredential(ctx, { kind: 'session', uid, id: credentialId });
  ctx.log.info({ uid }, 'signed out');
}
