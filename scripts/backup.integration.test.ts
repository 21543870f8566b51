import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, expect, test } from 'vitest';
import { notePort, redisFolder } from '#runtime/all-in-one/running-redis';
import { freePort, startRedis } from '../e2e/support/redis-server.ts';

// What docs/operations.md tells people to type, typed.
const section = /^## Backup\n([\s\S]*?)^## /m.exec(
  readFileSync(join(import.meta.dirname, '..', 'docs', 'operations.md'), 'utf8'),
)?.[1];
const [backup = '', restore = ''] = [...(section ?? '').matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, lines]) => lines);
const folder = mkdtempSync(join(tmpdir(), 'vigia-backup-'));
const home = join(folder, '.vigia');
const settings = ['--dir', folder, '--appendonly', 'yes', '--repl-diskless-sync-delay', '0'];
const PATH = `${process.env.PATH ?? ''}:/usr/sbin`;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function type(lines: string) {
  const env = { PATH, DIR: folder, NODE_ENV: 'test' } as const;
  return spawnSync('sh', ['-eu', '-c', lines], { cwd: folder, env, encoding: 'utf8', timeout: 15_000 });
}

async function running<T>(use: (redis: Redis, port: number) => Promise<T>): Promise<T> {
  await using server = await startRedis({ args: settings });
  const redis = new Redis(server.url);
  try {
    return await use(redis, server.port);
  } finally {
    redis.disconnect();
  }
}

test('a backup brings back what was there, and what was written later is gone', async () => {
  const [line = ''] = backup.split('\n');
  expect(line).toMatch(/# npm start/);
  await running(async (redis, port) => {
    await redis.set('vigia:{default}:record', 'as it was');
    await redis.xadd('vigia:{default}:history', '1-0', 'r', '{"cpu":1}');
    await redis.set('for a while', 'yes', 'EX', 1_000);
    mkdirSync(redisFolder(home), { recursive: true });
    notePort(redisFolder(home), port);
    const { status, stderr } = type(line);
    expect([status, existsSync(join(folder, 'vigia.rdb'))], stderr).toEqual([0, true]);
    await redis.set('vigia:{default}:record', 'spoiled');
    await redis.set('later', 'yes');
  });

  const port = String(await freePort());
  const { status, stderr } = type(restore.replaceAll('6399', port));
  if (status !== 0) type(`redis-cli -p ${port} shutdown nosave`);
  expect(status, stderr).toBe(0);
  expect(existsSync(join(folder, 'dump.rdb'))).toBe(false);

  await running(async (redis) => {
    expect((await redis.keys('*')).toSorted()).toEqual([
      ...['for a while', 'vigia:{default}:history', 'vigia:{default}:record'],
    ]);
    expect(await redis.get('vigia:{default}:record')).toBe('as it was');
    expect(await redis.xrange('vigia:{default}:history', '-', '+')).toEqual([['1-0', ['r', '{"cpu":1}']]]);
    expect(await redis.ttl('for a while')).toBeGreaterThan(900);
  });
});
