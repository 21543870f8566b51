import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Context, createContext } from '#lib/context';
import { seriesWindow } from '#lib/schemas/history';
import { type RedisServer, startRedis } from '../../e2e/support/redis-server.ts';
import { RoleUnderTest } from '../../e2e/support/role-under-test.ts';
import { type RawEntry, writeRaw } from '../../runtime/functions/history/history.fixture.ts';
import { rollUpHistory } from '../../runtime/functions/history/roll-up.ts';
import { readWindow } from './read-window.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const now = 1_710_000_000_000 + 7 * MINUTE;
const SERIES = Array.from({ length: 16 }, (_, cpu) => `avg-util-cpu${cpu}-60sec`);
const spikeAt = now - 17 * DAY;
const dipAt = now - 5 * DAY;
const pause = { from: now - 12 * DAY, to: now - 12 * DAY + 8 * HOUR };
const broken = { from: now - 20 * DAY, to: now - 20 * DAY + 3 * HOUR };

/** A month of one invocation a minute, and two hours of one every five seconds. */
function* month(): Generator<RawEntry> {
  for (let at = now - 30 * DAY; at <= now; at += at < now - 2 * HOUR ? MINUTE : 5_000) {
    if (at > pause.from && at < pause.to) continue;
    const version = at < now - 10 * DAY ? 'v1' : 'v2';
    if (at >= broken.from && at < broken.to) {
      yield { at, failure: 'KeyError: x', version };
      continue;
    }
    const wave = 50 + 20 * Math.sin(at / DAY);
    const numbers = SERIES.map((name, cpu) => [name, wave + cpu + ((at / 1_000) % 7)]);
    const result = Object.fromEntries(numbers);
    if (at === spikeAt) result[SERIES[3] ?? ''] = 1_000;
    if (at === dipAt) result[SERIES[3] ?? ''] = -1_000;
    yield { at, result: JSON.stringify(result), version };
  }
}

let redis: RedisServer;
let under: RoleUnderTest;
let ctx: Context;

beforeAll(async () => {
  redis = await startRedis();
  under = new RoleUnderTest(redis.url, {});
  ctx = createContext(under.config, under.redis, under.log);
  await writeRaw(ctx, 'f', month());
  await rollUpHistory(ctx, 'f');
}, 60_000);
afterAll(async () => {
  await under[Symbol.asyncDispose]();
  await redis[Symbol.asyncDispose]();
});

const read = (rangeMs: number, to = now) => readWindow(ctx, { name: 'f', from: to - rangeMs, to, periodMs: 5_000 });

test.each([
  ['15 minutes', 15 * MINUTE, 'raw', undefined],
  ['2 hours', 2 * HOUR - MINUTE, 'raw', undefined],
  ['6 hours', 6 * HOUR, '1m', MINUTE],
  ['2 days', 2 * DAY - HOUR, '1m', MINUTE],
  ['a week', 7 * DAY, '15m', 15 * MINUTE],
  ['30 days', 30 * DAY, '15m', 15 * MINUTE],
])('%s come from the tier that serves them, up to the newest invocation', async (_name, range, tier, resolutionMs) => {
  const window = await read(range);
  expect(seriesWindow.parse(window)).toEqual(window);
  expect(window).toMatchObject({ tier, lastId: `${now}-0`, series: { length: 16 } });
  expect(window.resolutionMs).toBe(resolutionMs);
  expect(window.times.length).toBeGreaterThan(150);
  expect(window.times.length).toBeLessThanOrEqual(600);
  expect(window.times).toEqual(window.times.toSorted((a, b) => a - b));
  expect(window.times.at(-1)).toBeLessThanOrEqual(now);
  expect(now - (window.times.at(-1) ?? 0)).toBeLessThan(range / 300 + 5_000);
});

describe('where nothing ran', () => {
  const hole = { from: now - 30 * MINUTE, to: now - 20 * MINUTE };
  const gapsOf = async (from: number, to = now) =>
    (await readWindow(ctx, { name: 'holes', from, to, periodMs: 5_000 })).gaps;
  const minuteOf = (at: number) => Math.floor(at / MINUTE) * MINUTE;

  beforeAll(async () => {
    const times = [...month()].map(({ at }) => at).filter((at) => at <= hole.from || at >= hole.to);
    await writeRaw(ctx, 'holes', times.map((at) => ({ at, result: '{"n": 1}' })).values());
    await rollUpHistory(ctx, 'holes');
  });

  test('is told from each tier, as exactly as it knows', async () => {
    expect(await gapsOf(now - HOUR)).toEqual([hole]);
    expect(await gapsOf(now - 6 * HOUR)).toEqual([{ from: minuteOf(hole.from) + MINUTE, to: minuteOf(hole.to) }]);
    const [night] = (await gapsOf(now - 30 * DAY)) ?? [];
    expect(Math.abs((night?.from ?? 0) - pause.from)).toBeLessThan(15 * MINUTE);
    expect(Math.abs((night?.to ?? 0) - pause.to)).toBeLessThan(15 * MINUTE);
  });

  test('is told with its own ends where the range has only part of it, or none of its ends', async () => {
    expect(await gapsOf(now - 25 * MINUTE)).toEqual([hole]);
    expect(await gapsOf(now - HOUR, now - 25 * MINUTE)).toEqual([hole]);
    expect(await gapsOf(now - 28 * MINUTE, now - 22 * MINUTE)).toEqual([hole]);
    const [night] = (await gapsOf(pause.from + HOUR, pause.to - HOUR)) ?? [];
    expect(night?.from).toBeLessThan(pause.from + 15 * MINUTE);
    expect(night?.to).toBeGreaterThan(pause.to - 15 * MINUTE);
  });

  test('is longer than usual where only another input calls a function, which is seldom', async () => {
    const rare = Array.from({ length: 60 }, (_, index) => now - HOUR + index * MINUTE).filter(
      (at) => at <= hole.from || at >= hole.to,
    );
    await writeRaw(ctx, 'rare', rare.map((at) => ({ at, result: '{"n": 1}' })).values());
    const window = await readWindow(ctx, { name: 'rare', from: now - HOUR, to: now - MINUTE, periodMs: 5_000 });
    expect([window.tier, window.gaps]).toEqual(['raw', [hole]]);
  });

  test('has no end while nothing came after it, and what is older than the function is none', async () => {
    expect(await gapsOf(now - 10 * MINUTE, now + 10 * MINUTE)).toEqual([{ from: now, to: null }]);
    expect(await gapsOf(now + MINUTE, now + 10 * MINUTE)).toEqual([{ from: now, to: null }]);
    expect(await gapsOf(now - 60 * DAY, now - 29 * DAY)).toEqual([]);
  });
});

test('how long each took is told of single invocations, not of buckets', async () => {
  const { took, times } = await read(15 * MINUTE);
  expect(took).toHaveLength(times.length);
  expect(took?.every((ms) => ms !== null && ms > 0)).toBe(true);
  expect((await read(6 * HOUR)).took).toBeUndefined();
});

describe('30 days', () => {
  test('a spike and a dip of one sample each are there, each in its place', async () => {
    const { times, series } = await read(30 * DAY);
    const values = series.find(({ name }) => name === SERIES[3])?.values ?? [];
    for (const [value, at] of [
      [1_000, spikeAt],
      [-1_000, dipAt],
    ] as const) {
      const row = values.indexOf(value);
      expect(row).toBeGreaterThanOrEqual(0);
      expect(Math.abs((times[row] ?? 0) - at)).toBeLessThan((30 * DAY) / 200);
    }
    const others = series.find(({ name }) => name === SERIES[4])?.values ?? [];
    expect(Math.max(...others.map((value) => value ?? 0))).toBeLessThan(100);
  });

  test('a pause is a gap, failures are a run and a gap, a version begins where it began', async () => {
    const { times, series, failures, versions, entries } = await read(30 * DAY);
    const rowsIn = (from: number, to: number) =>
      times.flatMap((at, row) => (at > from + HOUR && at < to - HOUR ? [series[0]?.values[row] ?? null] : []));
    expect(rowsIn(pause.from, pause.to).filter((value) => value !== null)).toEqual([]);
    const gaps = times.filter((_, row) => series[0]?.values[row] === null);
    expect(gaps.some((at) => at >= pause.from && at <= pause.to)).toBe(true);
    expect(gaps.some((at) => at >= broken.from && at <= broken.to)).toBe(true);
    expect(failures).toEqual([
      { from: broken.from, to: broken.to - MINUTE, count: 180, message: 'KeyError: x', version: 'v1' },
    ]);
    expect(versions).toEqual([
      { at: now - 30 * DAY, version: 'v1' },
      { at: now - 10 * DAY, version: 'v2' },
    ]);
    expect(entries).toBe([...month()].length);
  });

  test('fewer points keep the spike', async () => {
    const window = await readWindow(ctx, { name: 'f', from: now - 30 * DAY, to: now, periodMs: 5_000, points: 150 });
    expect(window.times.length).toBeLessThanOrEqual(150);
    expect(window.series[3]?.values).toContain(1_000);
  });

  test('what it takes', async () => {
    const took: number[] = [];
    for (let round = 0; round < 15; round++) {
      const startedAt = performance.now();
      await read(30 * DAY);
      took.push(performance.now() - startedAt);
    }
    const [best = 0, median = 0] = [took.toSorted((a, b) => a - b)[0], took.toSorted((a, b) => a - b)[7]];
    process.stdout.write(
      `30 days × 16 series: first ${took[0]?.toFixed(1)} ms, median ${median.toFixed(1)} ms, best ${best.toFixed(1)} ms\n`,
    );
  });
});

test('a range that ends in the past says after which entry it ends', async () => {
  const window = await read(3 * DAY, now - 5 * DAY);
  expect(window.tier).toBe('15m');
  expect(window.lastId).toBe(`${now - 5 * DAY}-0`);
  expect(window.times.at(-1)).toBeLessThanOrEqual(now - 5 * DAY);
});

test('a function that nobody knows has an empty window', async () => {
  expect(await readWindow(ctx, { name: 'nobody', from: 0, to: now, periodMs: 5_000 })).toMatchObject({
    lastId: '0-0',
    times: [],
    entries: 0,
  });
});
