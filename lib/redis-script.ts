import type { Redis } from 'ioredis';

type Call = (keys: number, ...args: (string | number | Buffer)[]) => Promise<unknown>;

/**
 * A Lua script that is called often: by its digest, with its text only when Redis does not know it. `name` is that of the
 * client's command, of which there is one for each script.
 */
export function redisScript(name: string, lua: string) {
  return async (
    redis: Redis,
    keys: readonly string[],
    args: readonly (string | number | Buffer)[],
  ): Promise<unknown> => {
    if (!(name in redis)) redis.defineCommand(name, { lua });
    // defineCommand adds the method at run time, where the client's type cannot see it.
    const call: Call = Reflect.get(redis, name);
    return await call.call(redis, keys.length, ...keys, ...args);
  };
}
