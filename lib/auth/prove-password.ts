import { recordAudit } from '#lib/audit/record-audit';
import type { Context } from '#lib/context';
import { messageOf, VigiaError } from '#lib/errors';
import { withRedis } from '#lib/redis';
import type { AuditedChange } from '#lib/schemas/audit';
import { beginAttempt } from './attempts.ts';
import { hashPassword, isOutdated, verifyPassword } from './password-hash.ts';
import type { RequestOrigin } from './request-facts.ts';
import { findRecord, type UserRecord } from './user-record.ts';

/** Who tries: a name or a uid as text, and from where. */
type PasswordTry = { login: string; password: string } & RequestOrigin;

/**
 * The account whose password this is. A wrong password, an unknown name and a disabled account are told alike
 * (`unauthenticated`) and do the same work: one run of argon2id, the same commands. `limited` after too many failures,
 * before the password is looked at; `busy`. What failed is in the audit, by whatever door it came.
 */
export async function provePassword(ctx: Context, { login, password, ...origin }: PasswordTry): Promise<UserRecord> {
  const { address } = origin;
  const record = await findRecord(ctx, login);
  const attempt = await beginAttempt(ctx, { login, record, address });
  let isRight: boolean;
  try {
    isRight = await verifyPassword(ctx, password, record?.password ?? null);
  } catch (error) {
    await attempt.withdrawn();
    throw error;
  }
  if (record === null || !isRight || record.disabled) {
    ctx.log.warn({ uid: record?.uid ?? null, address }, 'sign-in failed');
    await recordAudit(ctx, null, refusalOf(record), origin);
    throw wrongCredentials();
  }
  await attempt.succeeded();
  if (isOutdated(record.password)) await rehash(ctx, record, password);
  return record;
}

/** Under the account that it was for: what was typed as a name might be a password. */
function refusalOf(record: UserRecord | null): AuditedChange {
  const target = record === null ? 'user/unknown' : `user/${record.uid}`;
  return { action: 'session.refused', target, before: null, after: null };
}

export function wrongCredentials(): VigiaError {
  return new VigiaError('unauthenticated', 'Wrong name or password');
}

/** Only over the hash that was verified: not over a password that was changed meanwhile. */
const REPLACE_HASH = `
if redis.call('HGET', KEYS[1], 'password') == ARGV[1] then redis.call('HSET', KEYS[1], 'password', ARGV[2]) end
`;

/** Brings the stored hash to today's cost while the password is at hand. What keeps it from that is no reason to refuse. */
async function rehash(ctx: Context, { uid, password: stored }: UserRecord, password: string): Promise<void> {
  try {
    const hash = await hashPassword(ctx, password);
    await withRedis(() => ctx.redis.eval(REPLACE_HASH, 1, ctx.keys.accounts.user(uid), stored, hash));
  } catch (error) {
    ctx.log.warn({ uid, reason: messageOf(error) }, 'cannot hash a password anew');
  }
}
