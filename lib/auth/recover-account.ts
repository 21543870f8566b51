import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { recordAudit } from '#lib/audit/record-audit';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { withRedis } from '#lib/redis';
import { changeAccount } from './change-account.ts';
import { hashPassword } from './password-hash.ts';
import { generatePassword } from './secrets.ts';
import { findRecord, readRecord, type UserRecord } from './user-record.ts';

export type RecoveredAccount = Pick<UserRecord, 'uid' | 'name' | 'disabled'> & {
  /** To be shown once. */
  generatedPassword: string;
};

/**
 * A new password for an account whose owner has lost it, where nobody is left who could give them one in the app. No caller is
 * asked for: whoever can run this reaches Redis, and could do all else there. Sessions end, tokens stay. Without `login` it
 * is the only admin; `invalid` when there are several, `not_found` when nobody has that name or uid. The audit says on
 * which machine it was done.
 */
export async function recoverAccount(ctx: Context, login: string | undefined): Promise<RecoveredAccount> {
  const { uid, name, disabled, version } = await meantAccount(ctx, login);
  const generatedPassword = generatePassword();
  const password = await hashPassword(ctx, generatedPassword);
  await changeAccount(ctx, { uid, version, set: { password, passwordChangedAt: Date.now() }, ends: 'sessions' });
  const change = { action: 'password.reset', target: `user/${uid}`, before: null, after: { tokens: 'keep' } } as const;
  await recordAudit(ctx, null, change, { address: hostname(), requestId: randomUUID() });
  return { uid, name, disabled, generatedPassword };
}

async function meantAccount(ctx: Context, login: string | undefined): Promise<UserRecord> {
  const admins = await readAdmins(ctx);
  if (admins.length === 0) throw new VigiaError('not_found', 'There is no account yet: the first start makes one');
  const [first, ...others] = admins;
  if (login === undefined && first !== undefined && others.length === 0) return first;
  const names = admins.map(({ name }) => name).join(', ');
  if (login === undefined) throw new VigiaError('invalid', `There are several admins, say which: ${names}`);
  const record = await findRecord(ctx, login);
  if (record === null) throw new VigiaError('not_found', `There is no account ${login}; admins are ${names}`);
  return record;
}

/** Those that are not disabled, of whom there is always one. */
async function readAdmins(ctx: Context): Promise<UserRecord[]> {
  const uids = await withRedis(() => ctx.redis.smembers(ctx.keys.accounts.admins));
  const records = await Promise.all(uids.map((uid) => readRecord(ctx, Number(uid))));
  return records.filter((record) => record !== null).sort((a, b) => a.uid - b.uid);
}
