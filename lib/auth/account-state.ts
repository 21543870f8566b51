import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';

export type AccountState = 'active' | 'disabled' | 'deleted';

/** Whether something may still be done for an account that asked for it earlier. */
export async function readAccountState({ redis, keys }: Context, uid: number): Promise<AccountState> {
  const disabled = await withRedis(() => redis.hget(keys.accounts.user(uid), 'disabled'));
  if (disabled === null) return 'deleted';
  return disabled === '1' ? 'disabled' : 'active';
}
