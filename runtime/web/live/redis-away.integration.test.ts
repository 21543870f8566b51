import { expect, test } from 'vitest';
import { createCommandClient } from '#lib/redis';
import type { EventStream } from './event-stream.fixture.ts';
import { liveSuite } from './live.fixture.ts';

const feed = liveSuite();
const { follow, record } = feed;

test('an outage of Redis is said, and what was written in it arrives afterwards', async () => {
  const stream = await follow();
  await record(200);
  await stream.until(() => stream.results.includes(200));
  const states = () => stream.of('state').map((data) => Object(data).redisDownSince);
  await feed.restartRedis(() => stream.until(() => states().some((since) => since !== null)));
  // Another writer is there before the feed has noticed that Redis is back.
  const writer = createCommandClient(feed.redis, 'writer', feed.under.log);
  await writer.connect();
  const context = { ...feed.ctx, redis: writer };
  await record(201, { context });
  await stream.until(() => stream.results.includes(201));
  expect(states().at(-1)).toBeNull();
  await record(202, { context });
  await stream.until(() => stream.results.includes(202));
  writer.disconnect();
});

test('that Redis takes no writes is said, also to who comes then, and that it takes them again', async () => {
  const stream = await follow();
  const refusals = (each: EventStream) => each.of('state').map((data) => Object(data).writesRefused);
  await feed.under.redis.config('SET', 'maxmemory', '1');
  await stream.until(() => refusals(stream).at(-1) === 'memory');
  const late = await follow();
  expect(refusals(late)).toEqual(['memory']);
  await feed.under.redis.config('SET', 'maxmemory', '0');
  await Promise.all([stream, late].map((each) => each.until(() => refusals(each).at(-1) === null)));
});

test('a viewer who comes while Redis hangs is told so, and gets what it missed afterwards', async () => {
  const seen = await record(400);
  await record(401);
  process.kill(feed.redis.pid, 'SIGSTOP');
  const stream = await follow(`/live/default?after=${seen}`);
  await stream.until(() => stream.events.some(({ data }) => Object(data).redisDownSince > 0));
  process.kill(feed.redis.pid, 'SIGCONT');
  await stream.until(() => stream.results.length > 0);
  await record(402);
  await stream.until(() => stream.results.length === 2);
  expect(stream.results).toEqual([401, 402]);
});
