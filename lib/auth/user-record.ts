import * as z from 'zod';
import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';
import { loginName, role, type User } from '#lib/schemas/account';

/** An account as Redis has it: a hash of texts. */
const userRecord = z.object({
  name: loginName,
  role,
  disabled: z.enum(['0', '1']).transform((flag) => flag === '1'),
  createdAt: z.coerce.number(),
  passwordChangedAt: z.coerce.number(),
  version: z.coerce.number(),
  /** PHC string; never leaves `lib/auth`. */
  password: z.string(),
});
export type UserRecord = z.infer<typeof userRecord> & { uid: number };

export async function readRecord(ctx: Context, uid: number): Promise<UserRecord | null> {
  const fields = await withRedis(() => ctx.redis.hgetall(ctx.keys.accounts.user(uid)));
  return Object.keys(fields).length === 0 ? null : { uid, ...userRecord.parse(fields) };
}

/** Nobody's: uids are not negative. It is looked up for unknown names, so that they take the same commands. */
const NOBODY = -1;

/** The account that a person means by a name or a uid. */
export async function findRecord(ctx: Context, login: string): Promise<UserRecord | null> {
  const named = await withRedis(() => ctx.redis.hget(ctx.keys.accounts.names, login.toLowerCase()));
  if (named !== null) return await readRecord(ctx, Number(named));
  return await readRecord(ctx, /^\d{1,15}$/.test(login) ? Number(login) : NOBODY);
}

/** What may be shown of it. */
export function shownUser({ password: _, ...shown }: UserRecord): User {
  return shown;
}
