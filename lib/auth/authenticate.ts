import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { signInRequest, tokenText } from '#lib/schemas/account';
import { type BasicCredentials, parseAuthorization } from './authorization-header.ts';
import type { Caller } from './caller.ts';
import { provePassword } from './prove-password.ts';
import type { Proof } from './proven-credentials.ts';
import type { RequestOrigin } from './request-facts.ts';
import { idOfSecret } from './secrets.ts';
import { noteSessionSeen, readSession } from './session-store.ts';
import { noteTokenUsed, readToken } from './token-store.ts';
import { readRecord, type UserRecord } from './user-record.ts';

export type Presented = {
  /** The value of the session cookie. */
  sessionSecret?: string | undefined;
  /** The header of that name. */
  authorization?: string | undefined;
} & RequestOrigin;

/**
 * Who asks, or null for nobody: nothing was presented, or nothing that works. A session that works comes first, as it gets
 * the stricter treatment; then the header, with a token or a password. For passwords `limited` and `busy`, as at sign-in.
 */
export async function authenticate(ctx: Context, presented: Presented): Promise<Caller | null> {
  const caller = await callerFor(ctx, presented);
  noteAsker(ctx, caller);
  return caller;
}

/** So that the front door can say who asked. */
export function noteAsker({ asker }: Context, caller: Caller | null): void {
  const note = asker.getStore();
  if (note !== undefined && caller !== null) note.uid = caller.uid;
}

async function callerFor(ctx: Context, presented: Presented): Promise<Caller | null> {
  const { sessionSecret, authorization, ...origin } = presented;
  const bySession = sessionSecret === undefined ? null : await withSession(ctx, sessionSecret);
  if (bySession !== null || authorization === undefined) return bySession;
  const credentials = parseAuthorization(authorization);
  if (credentials === null) return null;
  if (credentials.scheme === 'bearer') return await withToken(ctx, credentials.token);
  if (!isToken(credentials.password)) return await withPassword(ctx, credentials, origin);
  const caller = await withToken(ctx, credentials.password);
  return caller !== null && isMeant(credentials.login, caller) ? caller : null;
}

async function withSession(ctx: Context, secret: string): Promise<Caller | null> {
  const session = await readSession(ctx, idOfSecret(secret));
  const record = session === null ? null : await readRecord(ctx, session.uid);
  if (session === null || record === null || record.disabled) return null;
  await noteSessionSeen(ctx, session);
  return callerOf(record, 'session', session.id);
}

async function withToken(ctx: Context, secret: string): Promise<Caller | null> {
  const token = isToken(secret) ? await readToken(ctx, idOfSecret(secret)) : null;
  const record = token === null ? null : await readRecord(ctx, token.uid);
  if (token === null || record === null || record.disabled) return null;
  await noteTokenUsed(ctx, token);
  return callerOf(record, 'token', token.id);
}

/** What was proven in the last minute still holds while the account is the same version; otherwise it is proven again. */
async function withPassword(
  ctx: Context,
  { login, password }: BasicCredentials,
  { address, requestId }: RequestOrigin,
): Promise<Caller | null> {
  // What could be nobody's name or password is not worth an argon2.
  if (!signInRequest.safeParse({ name: login, password }).success) return null;
  const { provenCredentials } = ctx;
  const key = provenCredentials.keyOf(login, password);
  const proof = provenCredentials.find(key);
  const known = proof === null ? null : await readAsProven(ctx, proof);
  if (known !== null) return callerOf(known, 'password', null);
  try {
    const fresh = await provenCredentials.prove(key, address, async () => {
      const { uid, version } = await provePassword(ctx, { login, password, address, requestId });
      return { uid, version };
    });
    const record = await readAsProven(ctx, fresh);
    return record === null ? null : callerOf(record, 'password', null);
  } catch (error) {
    if (error instanceof VigiaError && error.code === 'unauthenticated') return null;
    throw error;
  }
}

async function readAsProven(ctx: Context, { uid, version }: Proof): Promise<UserRecord | null> {
  const record = await readRecord(ctx, uid);
  return record?.version === version && !record.disabled ? record : null;
}

function isToken(text: string): boolean {
  return tokenText.safeParse(text).success;
}

/** A token in the place of a password may come with its owner's name or uid, or with none. */
function isMeant(login: string, { uid, name }: Caller): boolean {
  return ['', `${uid}`, name.toLowerCase()].includes(login.toLowerCase());
}

function callerOf({ uid, name, role }: UserRecord, via: Caller['via'], credentialId: string | null): Caller {
  return { uid, name, role, via, credentialId };
}
