import { expect, test } from 'vitest';
import { createContext } from '#lib/context';
import { createCommandClient } from '#lib/redis';
import { startRedis } from '../../e2e/support/redis-server.ts';
import { roleSuite } from '../../e2e/support/role-suite.ts';
import { InputEvents } from './input-events.ts';

const suite = roleSuite();

test('after each outage it says that it listens again, so that what came before can be looked for', async () => {
  const first = await startRedis();
  suite.open.push(first);
  const { under } = suite.surroundings({}, first.url);
  const redis = createCommandClient(first, 'test', under.log);
  suite.open.push({ [Symbol.asyncDispose]: async () => redis.disconnect() });
  await redis.connect();
  const events = new InputEvents(createContext(under.config, redis, under.log));
  suite.open.push(events);
  let listens = 0;
  let writes = 0;
  events.watch('input', { written: () => writes++, listening: () => listens++ });
  const until = (counted: () => number) => expect.poll(counted, { timeout: 10_000 });

  await until(() => listens).toBe(1);
  await under.redis.set('input', '1');
  await until(() => writes).toBe(1);

  // Both connections are lost: that by which writes are told, and that by which they are read.
  await first[Symbol.asyncDispose]();
  suite.open.push(await startRedis({ port: first.port }));
  await until(() => listens).toBe(3);
  await under.redis.set('input', '2');
  await until(() => writes).toBe(2);

  // Only that by which they are read.
  redis.disconnect(true);
  await until(() => listens).toBe(4);
});
