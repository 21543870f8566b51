import { hostname } from 'node:os';
import { keysFor } from '#lib/keys';
import { createLog } from '#lib/log';
import type { RedisAddress } from '#lib/redis-address';
import { forgetProcess } from '#lib/roles/forget-process';

/** For a role's process that has died, so that nobody counts on it until its silence is noticed. */
export async function takeLeaveFor(pid: number, address: RedisAddress, keyPrefix: string): Promise<void> {
  try {
    // Few roles ever die, and the client is a third of this process' memory.
    const { connect, createCommandClient } = await import('#lib/redis');
    const log = createLog('supervisor', 'silent', () => {});
    const redis = createCommandClient(address, 'supervisor', log);
    using stack = new DisposableStack();
    stack.defer(() => redis.disconnect());
    await connect(redis);
    await forgetProcess({ redis, keys: keysFor(keyPrefix) }, { host: hostname(), pid });
  } catch {
    // Redis is away as well: the process is found to be gone in a while.
  }
}
