import type { Context } from '#lib/context';
import { parseInput } from '#lib/parse-input';
import { type SignInRequest, signInRequest } from '#lib/schemas/account';
import { forgiveAttempts } from './attempts.ts';
import { noteAsker } from './authenticate.ts';
import type { Caller } from './caller.ts';
import { endCredential } from './end-credential.ts';
import { provePassword, wrongCredentials } from './prove-password.ts';
import type { RequestOrigin } from './request-facts.ts';
import { idOfSecret } from './secrets.ts';
import { type Device, readSession, startSession } from './session-store.ts';

type SignIn = SignInRequest &
  Device &
  RequestOrigin & {
    /** What the browser's cookie held until now: it ends, so that nobody can plant one and wait (session fixation). */
    replaces?: string | undefined;
  };

export type SignedIn = {
  /** For the cookie; nowhere else is it kept. */
  secret: string;
  caller: Caller;
};

/** By name or uid. `unauthenticated` without saying why; `limited` after too many failures; `busy`. */
export async function signIn(
  ctx: Context,
  { address, requestId, userAgent, replaces, ...credentials }: SignIn,
): Promise<SignedIn> {
  const { name: login, password } = parseInput(signInRequest, credentials);
  const record = await provePassword(ctx, { login: `${login}`, password, address, requestId });
  await forgiveAttempts(ctx, record, { address });
  if (replaces !== undefined) await endPresented(ctx, replaces);
  const session = await startSession(ctx, record, { address, userAgent });
  if (session === null) throw wrongCredentials();
  const { uid, name, role } = record;
  ctx.log.info({ uid, address }, 'signed in');
  const caller = { uid, name, role, via: 'session', credentialId: session.id } as const;
  noteAsker(ctx, caller);
  return { secret: session.secret, caller };
}

async function endPresented(ctx: Context, secret: string): Promise<void> {
  const presented = await readSession(ctx, idOfSecret(secret));
  if (presented !== null) await endCredential(ctx, { kind: 'session', uid: presented.uid, id: presented.id });
}
