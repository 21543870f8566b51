import { readFile } from 'node:fs/promises';
import { ConfigError } from '#lib/config';
import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import { withRedis } from '#lib/redis';
import { passwordProblem } from '#lib/schemas/password-rules';
import { hashPassword, verifyPassword } from './password-hash.ts';
import { generatePassword } from './secrets.ts';
import { storeUser } from './store-user.ts';
import { readRecord } from './user-record.ts';

const NAME = 'admin';

type FirstAdmin = {
  uid: 0;
  name: typeof NAME;
  /** To be shown once; null when `ADMIN_PASSWORD` or `ADMIN_PASSWORD_FILE` gave it. */
  generatedPassword: string | null;
};

/**
 * Makes uid 0 at the first start ever, of whichever process comes first; null in all others and at later starts. Then
 * `ADMIN_PASSWORD` counts no more: a password that was changed by its owner must not come back with a restart, nor with
 * whoever can read an old manifest. The log says so when it is not the password (any more).
 */
export async function ensureFirstAdmin(ctx: Context): Promise<FirstAdmin | null> {
  if ((await withRedis(() => ctx.redis.exists(ctx.keys.accounts.lastUid))) === 1) {
    await tellWhetherPasswordCounts(ctx);
    return null;
  }
  const given = await givenPassword(ctx);
  const password = given ?? generatePassword();
  const hash = await hashPassword(ctx, password);
  const uid = await storeUser(ctx, { name: NAME, role: 'admin', password: hash, number: 'first' });
  if (uid !== 0) return null;
  ctx.log.info({ uid, password: given === null ? 'generated' : 'given' }, 'first admin created');
  return { uid, name: NAME, generatedPassword: given === null ? password : null };
}

/** Throws a {@link ConfigError} for a file that cannot be read, or that holds no password. */
async function givenPassword({ config: { accounts } }: Context): Promise<string | null> {
  const { adminPassword, adminPasswordFile } = accounts;
  if (adminPasswordFile === undefined) return adminPassword ?? null;
  const password = await readFile(adminPasswordFile, 'utf8').catch((error: unknown) => {
    throw new ConfigError([`ADMIN_PASSWORD_FILE cannot be read: ${messageOf(error)}`]);
  });
  const problem = passwordProblem(password.trim(), NAME);
  if (problem !== null) throw new ConfigError([`ADMIN_PASSWORD_FILE holds a password that ${problem.message}`]);
  return password.trim();
}

/** One argon2 at a start with such a setting, and none once the password has been changed. */
async function tellWhetherPasswordCounts(ctx: Context): Promise<void> {
  const { adminPassword, adminPasswordFile } = ctx.config.accounts;
  if (adminPassword === undefined && adminPasswordFile === undefined) return;
  const setting = adminPassword === undefined ? 'ADMIN_PASSWORD_FILE' : 'ADMIN_PASSWORD';
  const record = await readRecord(ctx, 0);
  if (record === null || record.passwordChangedAt !== record.createdAt) {
    ctx.log.info(`${setting} counts at the first start only; the first admin's password has been changed since`);
    return;
  }
  const given = await givenPassword(ctx).catch((error: unknown) => {
    ctx.log.warn({ reason: messageOf(error) }, `${setting} counts at the first start only, and is not right`);
    return null;
  });
  if (given === null || (await verifyPassword(ctx, given, record.password))) return;
  ctx.log.warn(`${setting} counts at the first start only: it is not the first admin's password, change it in the app`);
}
