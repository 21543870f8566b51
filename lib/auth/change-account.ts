import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { invalid } from '#lib/parse-input';
import { withRedis } from '#lib/redis';
import type { UserChanges } from '#lib/schemas/account';
import { LUA_ENDINGS } from './credential-endings.ts';
import { readRecord, shownUser, type UserRecord } from './user-record.ts';

/**
 * Everything that may happen to an account once it is there, in one step, because each is refused when the account has
 * changed meanwhile, and each keeps one admin: two admins cannot demote each other at the same time.
 */
const SCRIPT = `
${LUA_ENDINGS}
local account, names, admins, sessions, tokens = unpack(KEYS)
local uid, change = ARGV[1], cjson.decode(ARGV[2])
local sessionPrefix, tokenPrefix, channel = ARGV[3], ARGV[4], ARGV[5]
local name, role, disabled, version = unpack(redis.call('HMGET', account, 'name', 'role', 'disabled', 'version'))
if not name then return 'missing' end
if change.version and change.version ~= version then return 'stale' end

local set = change.set
local staysAdmin = not change.isRemoved and (set.role or role) == 'admin' and (set.disabled or disabled) == '0'
local isAdmin = redis.call('SISMEMBER', admins, uid) == 1
if isAdmin and not staysAdmin and redis.call('SCARD', admins) == 1 then return 'last admin' end
if set.name then
  local owner = redis.call('HGET', names, string.lower(set.name))
  if owner and owner ~= uid then return 'taken' end
end

redis.call(staysAdmin and 'SADD' or 'SREM', admins, uid)
if change.isRemoved or set.name then redis.call('HDEL', names, string.lower(name)) end
if change.isRemoved then
  redis.call('DEL', account)
else
  if set.name then redis.call('HSET', names, string.lower(set.name), uid) end
  for field, value in pairs(set) do redis.call('HSET', account, field, value) end
  redis.call('HINCRBY', account, 'version', 1)
end

if change.ends == 'nothing' then return 'done' end
local over = endAll(sessions, sessionPrefix)
local tokenIds = {}
if change.ends == 'everything' then tokenIds = endAll(tokens, tokenPrefix)
elseif change.ends == 'access' then tokenIds = redis.call('ZRANGE', tokens, 0, -1) end
for _, id in ipairs(tokenIds) do over[#over + 1] = id end
announce(channel, uid, over, true)
return 'done'
`;

type AccountChange = {
  uid: number;
  /** The one that the change was based on; without it, whatever is there. */
  version?: number | undefined;
  set: UserChanges & { password?: string; passwordChangedAt?: number };
  isRemoved?: true;
  /**
   * With it, and told to every process. `sessions`: also what the password alone had proven. `access`: tokens too, but
   * they are kept for later. `everything`: tokens are gone.
   */
  ends: 'nothing' | 'sessions' | 'access' | 'everything';
};

/**
 * `not_found`; `conflict` with the account as it is; `exists` when somebody has the name; `invalid` when no admin would be
 * left.
 */
export async function changeAccount(ctx: Context, change: AccountChange): Promise<void> {
  const { accounts } = ctx.keys;
  const { uid, version, set, ...rest } = change;
  const texts = {
    ...set,
    disabled: set.disabled === undefined ? undefined : set.disabled ? '1' : '0',
    passwordChangedAt: set.passwordChangedAt?.toString(),
  };
  const outcome = await withRedis(() =>
    ctx.redis.eval(
      SCRIPT,
      5,
      accounts.user(uid),
      accounts.names,
      accounts.admins,
      accounts.sessions(uid),
      accounts.tokens(uid),
      uid,
      JSON.stringify({ ...rest, version: version?.toString(), set: texts }),
      accounts.session(''),
      accounts.token(''),
      accounts.endings,
    ),
  );
  if (outcome === 'missing') throw noSuchUser(uid);
  if (outcome === 'stale') throw staleVersion(uid, await readRecord(ctx, uid));
  if (outcome === 'taken') throw nameTaken();
  if (outcome === 'last admin') {
    const path = set.disabled === true ? 'disabled' : set.role === undefined ? '' : 'role';
    throw invalid([{ path, code: 'last_admin', message: 'must not leave Vigia without an admin who can sign in' }]);
  }
}

export function noSuchUser(uid: number): VigiaError {
  return new VigiaError('not_found', `There is no user ${uid}`);
}

export function nameTaken(): VigiaError {
  return new VigiaError('exists', 'Somebody else has this name', {
    fields: [{ path: 'name', code: 'taken', message: 'is taken' }],
  });
}

function staleVersion(uid: number, current: UserRecord | null): VigiaError {
  if (current === null) return noSuchUser(uid);
  return new VigiaError('conflict', 'Somebody has changed this account meanwhile', { current: shownUser(current) });
}
