import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';
import type { Role } from '#lib/schemas/account';

/**
 * KEYS: last uid, names, admins; ARGV: prefix of users' keys, whether it is the first admin, name, role, password, now.
 * Number, name and account are one step: a name without an account could never be given to anybody.
 */
const SCRIPT = `
local prefix, isFirst, name, role, password, now = unpack(ARGV)
local isStarted = redis.call('EXISTS', KEYS[1]) == 1
if isFirst == '1' and isStarted then return -1 end
if redis.call('HEXISTS', KEYS[2], string.lower(name)) == 1 then return -1 end
local uid = isFirst == '1' and 0 or redis.call('INCR', KEYS[1])
if isFirst == '1' then redis.call('SET', KEYS[1], 0) end
redis.call('HSET', KEYS[2], string.lower(name), uid)
if role == 'admin' then redis.call('SADD', KEYS[3], uid) end
redis.call('HSET', prefix .. uid, 'name', name, 'role', role, 'disabled', '0', 'createdAt', now,
  'passwordChangedAt', now, 'version', 1, 'password', password)
return uid
`;

type StoredUser = {
  name: string;
  role: Role;
  /** PHC string. */
  password: string;
  /** `first`: as uid 0, if there has never been an account. */
  number: 'first' | 'next';
};

/** Its uid, or null when somebody has the name, or when the first account was made before. */
export async function storeUser(ctx: Context, user: StoredUser): Promise<number | null> {
  const { lastUid, names, admins, userPrefix } = ctx.keys.accounts;
  const isFirst = user.number === 'first' ? '1' : '0';
  const values = [userPrefix, isFirst, user.name, user.role, user.password, Date.now()];
  const uid = Number(await withRedis(() => ctx.redis.eval(SCRIPT, 3, lastUid, names, admins, ...values)));
  return uid < 0 ? null : uid;
}
