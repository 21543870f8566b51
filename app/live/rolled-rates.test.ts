import { expect, test } from 'vitest';
import { downsample } from '#lib/series/downsample';
import { type Rollup, rollUp } from '#lib/series/rollup';
import { rollupColumns } from '#lib/series/rollup-window';
import { SeriesTable } from './series-table.ts';

const SENT = 'net-bytes_sent';
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const STEP = 5 * SECOND;
const newestAt = 1_800_000_000_000 + 7 * MINUTE + 23 * SECOND;

/** A bucket for each minute or quarter of an hour of a counter that grows by 2048 a second, read every five seconds. */
function rolled(bucketMs: number, rangeMs: number, isRead = (_at: number) => true, anewAt = 0): Rollup[] {
  const names = [SENT];
  const stretches = Array.from({ length: rangeMs / STEP + 1 }, (_, row) => newestAt - rangeMs + row * STEP)
    .filter(isRead)
    .map((at): Rollup => {
      const value = ((at - (at >= anewAt ? anewAt : 0)) / SECOND) * 2_048;
      const series = [{ count: 1, min: value, mean: value, max: value, last: value, maxFirst: false }];
      return { start: at, good: 1, names, series, failures: null, versions: [{ at, version: 'a' }] };
    });
  return rollUp(stretches, bucketMs);
}

/** As the page shows it, some results after it was loaded. */
function ratesOf(buckets: readonly Rollup[], bucketMs: number, endsAt: number | null): number[] {
  const window = rollupColumns(buckets, {
    bucketMs,
    periodMs: STEP,
    newestAt: endsAt ?? newestAt,
    isPast: endsAt === null,
  });
  const shown = { ...downsample(window, 600), resolutionMs: bucketMs };
  const table = new SeriesTable(shown, undefined, STEP);
  for (let at = newestAt + STEP; endsAt !== null && at < newestAt + 3 * MINUTE; at += STEP)
    table.add(at, JSON.stringify({ [SENT]: (at / SECOND) * 2_048 }), STEP);
  return table.column(table.shownAs(SENT)).filter((rate) => rate !== null);
}

function expectSteady(rates: readonly number[], atLeast: number): void {
  expect(rates.length).toBeGreaterThan(atLeast);
  expect(Math.min(...rates)).toBeCloseTo(2_048, 0);
  expect(Math.max(...rates)).toBeCloseTo(2_048, 0);
}

test.each([
  ['an hour', MINUTE, HOUR, 100],
  ['6 hours', MINUTE, 6 * HOUR, 500],
  ['24 hours', MINUTE, 24 * HOUR, 500],
  ['7 days', 15 * MINUTE, 7 * 24 * HOUR, 500],
  ['30 days', 15 * MINUTE, 30 * 24 * HOUR, 500],
])('a steady counter has a steady rate over %s of buckets, at both ends too', (_, bucketMs, rangeMs, rows) => {
  expectSteady(ratesOf(rolled(bucketMs, rangeMs), bucketMs, newestAt), rows);
});

test('so it has in a stretch of the past, whose last bucket is closed', () => {
  const past = rolled(MINUTE, 3 * HOUR).slice(20, -40);
  expectSteady(ratesOf(past, MINUTE, null), 200);
});

test('so it has at the edges of outages that begin and end within a bucket', () => {
  const isUp = (at: number) => at % HOUR < 31 * MINUTE + 25 * SECOND || at % HOUR > 44 * MINUTE + 12 * SECOND;
  expectSteady(ratesOf(rolled(MINUTE, 6 * HOUR, isUp), MINUTE, newestAt), 300);
  expectSteady(ratesOf(rolled(MINUTE, 24 * HOUR, isUp), MINUTE, newestAt), 300);
});

test('a counter that begins anew grows as fast before it as after it', () => {
  const anewAt = newestAt - 2 * HOUR - 20 * SECOND;
  const rates = ratesOf(rolled(MINUTE, 4 * HOUR, undefined, anewAt), MINUTE, null);
  expect(Math.max(...rates)).toBeCloseTo(2_048, 0);
  expect(rates.filter((rate) => rate < 2_000).length).toBeLessThan(4);
});
