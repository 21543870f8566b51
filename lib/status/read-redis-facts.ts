import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';
import type { RedisFacts } from '#lib/schemas/status';

/** What Redis says of itself, and how long it takes to answer. */
export async function readRedisFacts({ redis }: Context): Promise<RedisFacts> {
  const askedAt = performance.now();
  await withRedis(() => redis.ping());
  const latencyMs = Math.round((performance.now() - askedAt) * 100) / 100;
  const facts = fieldsOf(await withRedis(() => redis.info()));
  const text = (name: string) => facts.get(name) ?? '';
  const number = (name: string) => Number(facts.get(name) ?? 0);
  const isWritten = text('aof_last_write_status') === 'ok' && text('aof_last_bgrewrite_status') === 'ok';
  return {
    version: text('valkey_version') || text('redis_version'),
    uptimeMs: number('uptime_in_seconds') * 1_000,
    latencyMs,
    clients: number('connected_clients'),
    memoryBytes: number('used_memory'),
    memoryLimitBytes: number('maxmemory') === 0 ? null : number('maxmemory'),
    eviction: text('maxmemory_policy'),
    appendOnly: text('aof_enabled') !== '1' ? 'off' : isWritten ? 'ok' : 'failing',
    snapshot: {
      ok: text('rdb_last_bgsave_status') === 'ok',
      at: number('rdb_last_save_time') * 1_000,
      changesSince: number('rdb_changes_since_last_save'),
    },
  };
}

function fieldsOf(info: string): Map<string, string> {
  return new Map(
    info.split('\r\n').flatMap((line): [string, string][] => {
      const at = line.indexOf(':');
      return at === -1 ? [] : [[line.slice(0, at), line.slice(at + 1)]];
    }),
  );
}
