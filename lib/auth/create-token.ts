import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { invalid, parseInput } from '#lib/parse-input';
import { withRedis } from '#lib/redis';
import { type NewToken, newToken, type Token } from '#lib/schemas/account';
import type { Caller } from './caller.ts';
import { idOfSecret, newSecret } from './secrets.ts';

export const MAX_TOKENS = 100;

/**
 * KEYS: account, token, tokens; ARGV: uid, id, most, prefix of tokens' keys, name, now, when it expires or ''. Forgets
 * those that have expired, which Redis takes away by itself.
 */
const SCRIPT = `
local account, token, tokens = unpack(KEYS)
local uid, id, most, prefix, name, now, expiresAt = unpack(ARGV)
if redis.call('EXISTS', account) == 0 then return 'missing' end
for _, other in ipairs(redis.call('ZRANGE', tokens, 0, -1)) do
  if redis.call('EXISTS', prefix .. other) == 0 then redis.call('ZREM', tokens, other) end
end
if redis.call('ZCARD', tokens) >= tonumber(most) then return 'too many' end
redis.call('HSET', token, 'uid', uid, 'name', name, 'createdAt', now, 'expiresAt', expiresAt, 'lastUsedAt', '')
if expiresAt ~= '' then redis.call('PEXPIREAT', token, expiresAt) end
redis.call('ZADD', tokens, now, id)
return 'done'
`;

type CreatedToken = {
  token: Token;
  /** To be shown once; nowhere is it kept. */
  secret: string;
};

/**
 * For oneself; it acts with the role that its owner has at that moment. Not with a token: one that leaked must not be able
 * to make others that outlive it.
 */
export async function createToken(ctx: Context, caller: Caller, input: NewToken): Promise<CreatedToken> {
  if (caller.via === 'token') throw new VigiaError('forbidden', 'A token cannot make another one: sign in');
  const { name, expiresAt } = parseInput(newToken, input);
  const createdAt = Date.now();
  if (expiresAt !== null && expiresAt <= createdAt) {
    throw invalid([{ path: 'expiresAt', code: 'in_the_past', message: 'must be in the future' }]);
  }
  const { accounts } = ctx.keys;
  const { uid } = caller;
  const secret = `vig_${newSecret()}`;
  const id = idOfSecret(secret);
  const keys = [accounts.user(uid), accounts.token(id), accounts.tokens(uid)];
  const values = [uid, id, MAX_TOKENS, accounts.token(''), name, createdAt, expiresAt ?? ''];
  const outcome = await withRedis(() => ctx.redis.eval(SCRIPT, 3, ...keys, ...values));
  if (outcome === 'missing') throw new VigiaError('unauthenticated', 'This account is gone');
  if (outcome === 'too many') {
    throw invalid([
      {
        path: '',
        code: 'too_many',
        limit: MAX_TOKENS,
        message: `There are ${MAX_TOKENS} tokens already: revoke one first`,
      },
    ]);
  }
  ctx.log.info({ uid, token: id }, 'token created');
  return { secret, token: { id, name, createdAt, expiresAt, lastUsedAt: null } };
}
