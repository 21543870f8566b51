import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';
import { LUA_ENDINGS } from './credential-endings.ts';

/** KEYS: session or token, the user's list of them; ARGV: uid, id, channel. Only if it is this user's. */
const END_ONE = `
${LUA_ENDINGS}
local uid, id, channel = unpack(ARGV)
if redis.call('HGET', KEYS[1], 'uid') ~= uid then return 0 end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], id)
announce(channel, uid, {id}, false)
return 1
`;

type CredentialName = { kind: 'session' | 'token'; uid: number; id: string };

/** Ends one session or token of a user, and tells every process. False when this user has none with that id. */
export async function endCredential(ctx: Context, { kind, uid, id }: CredentialName): Promise<boolean> {
  const { accounts } = ctx.keys;
  const [one, all] =
    kind === 'session' ? [accounts.session(id), accounts.sessions(uid)] : [accounts.token(id), accounts.tokens(uid)];
  return (await withRedis(() => ctx.redis.eval(END_ONE, 2, one, all, uid, id, accounts.endings))) === 1;
}
