import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Context } from '#lib/context';
import { readTier, rolledTiers } from '#lib/functions/history-tiers';
import { type Rollup, rollUp, rollupOf } from '#lib/series/rollup';
import { type RedisServer, startRedis } from '../../../e2e/support/redis-server.ts';
import { RoleUnderTest } from '../../../e2e/support/role-under-test.ts';
import { contextOf, type RawEntry, writeRaw } from './history.fixture.ts';
import { rollUpHistory } from './roll-up.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const start = 1_710_000_000_000;
const open: AsyncDisposable[] = [];
let redis: RedisServer;
let suite = 0;

beforeAll(async () => {
  redis = await startRedis();
});
afterEach(async () => {
  for (const each of open.splice(0)) await each[Symbol.asyncDispose]();
});
afterAll(() => redis[Symbol.asyncDispose]());

function underTest(settings: Record<string, string> = {}): { under: RoleUnderTest; ctx: Context } {
  const under = new RoleUnderTest(redis.url, { KEY_PREFIX: `rolls${++suite}:`, ...settings });
  open.push(under);
  return { under, ctx: contextOf(under) };
}

/** Forty minutes at a 5 s period, with a change of version, failures, a pause and a series that comes late. */
function fortyMinutes(): RawEntry[] {
  return Array.from({ length: 480 }, (_, index): RawEntry[] => {
    const at = start + 2_345 + index * 5_000;
    const version = index < 100 ? 'v1' : 'v2';
    if (index >= 200 && index < 260) return [];
    if (index >= 300 && index < 330) return [{ at, failure: `boom ${Math.floor(index / 20)}`, version }];
    return [
      { at, result: JSON.stringify({ a: (index * 37) % 101, ...(index > 110 ? { b: index / 7 } : {}) }), version },
    ];
  }).flat();
}

/** As a reader finds it: the encoding may round a little. */
function nearly({ series, ...rest }: Rollup) {
  const near = (value: number) => expect.closeTo(value, 2);
  return {
    ...rest,
    series: series.map(({ min, mean, max, last, ...each }) => ({
      ...each,
      min: near(min),
      mean: near(mean),
      max: near(max),
      last: near(last),
    })),
  };
}

/** Everything that the rolled-up tiers hold, byte for byte. */
async function tiersOf(ctx: Context) {
  return await Promise.all(
    rolledTiers(ctx.config).map((tier) => ctx.redis.xrangeBuffer(ctx.keys.historyTier('f', tier.name), '-', '+')),
  );
}

test('every complete bucket is written, once, and the open one is not', async () => {
  const { ctx } = underTest();
  const entries = fortyMinutes();
  await writeRaw(ctx, 'f', entries);
  await rollUpHistory(ctx, 'f');
  const expected = rollUp(
    entries.map(({ at, result, failure, version = '' }) =>
      rollupOf({
        id: `${at}-0`,
        at,
        inputAt: at,
        tookMs: 1,
        lagMs: 0,
        version,
        result,
        failure: failure === undefined ? undefined : { kind: 'invocation', message: failure },
      }),
    ),
    MINUTE,
  );
  const [minutes, quarters] = rolledTiers(ctx.config);
  if (minutes === undefined || quarters === undefined) throw new Error('no tiers');
  const all = await readTier(ctx, 'f', minutes, 0, Number.MAX_SAFE_INTEGER);
  expect(all).toEqual(expected.slice(0, -1).map(nearly));
  const late = await readTier(ctx, 'f', quarters, 0, Number.MAX_SAFE_INTEGER);
  expect(late.map(({ start: at, good, failures }) => [at - start, good, failures?.count ?? 0])).toEqual([
    [0, 180, 0],
    [15 * MINUTE, 90, 30],
  ]);
  const before = await tiersOf(ctx);
  await rollUpHistory(ctx, 'f');
  expect(await tiersOf(ctx)).toEqual(before);
});

/** A connection that dies with its nth command. */
class DyingRedis extends Redis {
  left = Number.POSITIVE_INFINITY;
  override sendCommand(...args: Parameters<Redis['sendCommand']>): ReturnType<Redis['sendCommand']> {
    if (this.left-- > 0) return super.sendCommand(...args);
    const [command] = args;
    command.reject(new Error('died'));
    return command.promise;
  }
}

test('killed at any command, again and again, it leaves the tiers of an uninterrupted run', async () => {
  const entries = fortyMinutes();
  const { ctx: whole } = underTest();
  await writeRaw(whole, 'f', entries);
  await rollUpHistory(whole, 'f');
  const expected = await tiersOf(whole);

  let deaths = 0;
  for (let survives = 0; survives < 16; survives++) {
    const { under, ctx } = underTest();
    const dying = new DyingRedis(redis.url);
    await dying.ping();
    try {
      // The runtime rolls up now and then, dies in the middle of it, and starts again in the middle of a bucket.
      for (let done = 0; done < entries.length; done += 53) {
        await writeRaw(ctx, 'f', entries.slice(done, done + 53));
        dying.left = survives;
        await rollUpHistory(contextOf(under, dying), 'f').catch((error: Error) => {
          expect(error.message).toMatch(/died|answer/);
          deaths += 1;
        });
      }
      await rollUpHistory(ctx, 'f');
      expect(await tiersOf(ctx)).toEqual(expected);
    } finally {
      dying.disconnect();
    }
  }
  expect(deaths).toBeGreaterThan(30);
}, 60_000);

test('two runtimes at once write each bucket once', async () => {
  const { ctx } = underTest();
  await writeRaw(ctx, 'f', fortyMinutes());
  await Promise.all([1, 2, 3, 4].map(() => rollUpHistory(ctx, 'f')));
  const { ctx: alone } = underTest();
  await writeRaw(alone, 'f', fortyMinutes());
  await rollUpHistory(alone, 'f');
  expect(await tiersOf(ctx)).toEqual(await tiersOf(alone));
});

test('a runtime that was away for days completes the buckets of before, and no tier loses what the next one lacks', async () => {
  const { ctx } = underTest({ HISTORY_HOURS: '1', HISTORY_1M_HOURS: '1' });
  const value = (at: number): RawEntry => ({ at, result: JSON.stringify({ a: at - start }) });
  await writeRaw(
    ctx,
    'f',
    Array.from({ length: 200 }, (_, index) => value(start + index * 5_000)),
  );
  await rollUpHistory(ctx, 'f');
  const later = start + 3 * 24 * HOUR;
  await writeRaw(ctx, 'f', [value(later), value(later + 20 * MINUTE)]);
  await rollUpHistory(ctx, 'f');
  const [minutes, quarters] = rolledTiers(ctx.config);
  if (minutes === undefined || quarters === undefined) throw new Error('no tiers');
  const counts = (await readTier(ctx, 'f', quarters, 0, Number.MAX_SAFE_INTEGER)).map((row) => [
    row.start - start,
    row.good,
  ]);
  expect(counts).toEqual([
    [0, 180],
    [15 * MINUTE, 20],
    [3 * 24 * HOUR, 1],
  ]);
  expect((await readTier(ctx, 'f', minutes, 0, Number.MAX_SAFE_INTEGER)).map((row) => row.start)).toEqual([later]);
});

test('every tier has its bound, and forgets the names that no entry of it uses', async () => {
  const { ctx } = underTest({ HISTORY_HOURS: '0.5', HISTORY_1M_HOURS: '1', HISTORY_15M_DAYS: '0.1' });
  for (let hour = 0; hour < 6; hour++) {
    const from = start + hour * HOUR;
    await writeRaw(
      ctx,
      'f',
      Array.from({ length: 240 }, (_, index) => ({
        at: from + index * 15_000,
        result: JSON.stringify({ [`of hour ${hour}`]: index }),
      })),
    );
    await rollUpHistory(ctx, 'f');
  }
  const { redis: client, keys } = ctx;
  expect(await client.xlen(keys.history('f'))).toBeLessThanOrEqual(120 + 100);
  expect(await client.xlen(keys.historyTier('f', '1m'))).toBeLessThanOrEqual(62);
  expect(await client.xlen(keys.historyTier('f', '15m'))).toBeLessThanOrEqual(12);
  expect(await client.zcard(keys.tierSeries('f', '1m'))).toBeLessThanOrEqual(2);
  expect(await client.zcard(keys.tierSeries('f', '15m'))).toBeLessThanOrEqual(4);
  for (const key of [keys.historyTier('f', '15m'), keys.tierSeries('f', '1m')])
    expect(await client.pttl(key)).toBeGreaterThan(0);
});

test('entries that a clock put back in time are still in the bucket that is open', async () => {
  const { ctx } = underTest();
  const stuck = start + 30_000;
  // Redis gives no smaller id: while its clock is behind, all entries bear the newest time.
  await writeRaw(
    ctx,
    'f',
    Array.from({ length: 50 }, (_, a) => ({ at: stuck, result: JSON.stringify({ a }) })),
  );
  await rollUpHistory(ctx, 'f');
  expect((await tiersOf(ctx)).map(({ length }) => length)).toEqual([0, 0]);
  await writeRaw(ctx, 'f', [
    { at: stuck, result: '{"a":99}' },
    { at: start + HOUR, result: '{"a":0}' },
  ]);
  await rollUpHistory(ctx, 'f');
  const [minutes] = rolledTiers(ctx.config);
  if (minutes === undefined) throw new Error('no tiers');
  expect(await readTier(ctx, 'f', minutes, 0, Number.MAX_SAFE_INTEGER)).toMatchObject([
    { start, good: 51, series: [{ min: 0, max: 99, last: 99, count: 51 }] },
  ]);
});

test('a clock that jumps years ahead for a moment does not empty the history', async () => {
  const { ctx } = underTest();
  // Seven whole quarters that are all young enough for the raw tier, whatever the time of the test.
  const quarter = 15 * MINUTE;
  const recent = Math.floor(Date.now() / quarter) * quarter - 7 * quarter;
  const value = (at: number): RawEntry => ({ at, result: '{"a":1}' });
  await writeRaw(
    ctx,
    'f',
    Array.from({ length: 105 }, (_, index) => value(recent + index * MINUTE)),
  );
  await rollUpHistory(ctx, 'f');
  const before = (await tiersOf(ctx)).map(({ length }) => length);
  await writeRaw(ctx, 'f', [value(recent + 20_000 * 24 * HOUR), value(recent + 20_001 * 24 * HOUR)]);
  await rollUpHistory(ctx, 'f');
  expect(before).toEqual([104, 6]);
  expect((await tiersOf(ctx)).map(({ length }) => length)).toEqual([104 + 2, 7 + 1]);
  expect(await ctx.redis.xlen(ctx.keys.history('f'))).toBe(107);
});
