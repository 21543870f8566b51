import { once } from 'node:events';
import { createConnection } from 'node:net';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { startRedis } from './redis-server.ts';

test('a server answers at once, is gone after its disposal, and can come back on its port', async () => {
  let port: number;
  {
    await using first = await startRedis();
    port = first.port;
    const redis = new Redis(first.url);
    expect(await redis.ping()).toBe('PONG');
    redis.disconnect();
  }
  const socket = createConnection(port, '127.0.0.1');
  await expect(once(socket, 'connect')).rejects.toThrow('ECONNREFUSED');
  await using second = await startRedis({ port });
  expect(second.port).toBe(port);
});

test('two servers do not share a port', async () => {
  await using a = await startRedis();
  await using b = await startRedis();
  expect(a.port).not.toBe(b.port);
});

test('a server that cannot start says why', async () => {
  await expect(startRedis({ args: ['--no-such-option', 'x'] })).rejects.toThrow(/no-such-option|Bad directive/);
});
