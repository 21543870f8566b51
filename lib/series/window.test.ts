import { expect, test } from 'vitest';
import type { HistoryEntry } from '#lib/schemas/history';
import { downsample } from './downsample.ts';
import { flattenNumbers } from './flatten.ts';
import { failureRuns, toColumns, versionStarts } from './window.ts';

const entry = (at: number, outcome: { result: unknown } | { error: string }): HistoryEntry => ({
  id: `${at}-0`,
  at,
  inputAt: at,
  tookMs: 1,
  lagMs: 0,
  version: 'abc',
  ...('result' in outcome
    ? { result: JSON.stringify(outcome.result) }
    : { failure: { kind: 'invocation' as const, message: outcome.error } }),
});

test('nested numbers become dotted series; everything else is left out', () => {
  const found = flattenNumbers({ a: 1, b: { c: 2, d: [3, 'x', null] }, e: true, f: '4', g: Number.NaN });
  expect([...found]).toEqual([
    ['a', 1],
    ['b.c', 2],
    ['b.d.0', 3],
  ]);
});

test('a failed invocation and a pause are gaps, and a series that appears late starts late', () => {
  const entries = [
    entry(0, { result: { a: 1 } }),
    entry(5000, { error: 'boom' }),
    entry(10_000, { result: { a: 2, b: 9 } }),
    entry(60_000, { result: { a: 3 } }),
  ];
  expect(toColumns(entries, 5000)).toEqual({
    times: [0, 5000, 10_000, 15_000, 60_000],
    series: [
      { name: 'a', values: [1, null, 2, null, 3] },
      { name: 'b', values: [null, null, 9, null, null] },
    ],
  });
});

test('what gives a result less often than every period has no gaps but the longer ones', () => {
  const rows = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 21];
  const entries = rows.map((row) => entry(row * 5_000, { result: { a: row } }));
  const [series] = toColumns(entries, 1_000).series;
  expect(series?.values).toEqual([...rows.slice(0, 10), null, 20, 21]);
});

test('a series may be called like a property of every object', () => {
  const { series } = toColumns([{ ...entry(0, { result: {} }), result: '{"__proto__": 1, "constructor": 2}' }], 5000);
  expect(series).toEqual([
    { name: '__proto__', values: [1] },
    { name: 'constructor', values: [2] },
  ]);
});

test('failures in a row are one run, until the message or the version changes', () => {
  const runs = failureRuns([
    entry(0, { error: 'x' }),
    entry(1, { error: 'x' }),
    entry(2, { result: {} }),
    entry(3, { error: 'x' }),
    entry(4, { error: 'y' }),
  ]);
  expect(runs.map(({ from, to, count, message }) => [from, to, count, message])).toEqual([
    [0, 1, 2, 'x'],
    [3, 3, 1, 'x'],
    [4, 4, 1, 'y'],
  ]);
});

test('a version starts where the one before it ended, and may come back', () => {
  const at = (time: number, version: string) => ({ at: time, version });
  expect(versionStarts([at(0, 'a'), at(1, 'a'), at(2, 'b'), at(3, 'a')])).toEqual([at(0, 'a'), at(2, 'b'), at(3, 'a')]);
});

test('downsampling keeps a one-sample spike and a one-sample dip, in their order', () => {
  const times = Array.from({ length: 10_000 }, (_, index) => index);
  const flat = times.map((): number | null => 5);
  flat[4_000] = 100;
  flat[4_001] = -100;
  const small = downsample({ times, series: [{ name: 'a', values: flat }] }, 600);
  expect(small.times.length).toBeLessThanOrEqual(600);
  const values = small.series[0]?.values ?? [];
  expect(values.indexOf(100)).toBeGreaterThanOrEqual(0);
  expect(values.indexOf(-100)).toBeGreaterThan(values.indexOf(100));
});

test('downsampling keeps a gap that fills a bucket', () => {
  const times = Array.from({ length: 100 }, (_, index) => index);
  const values = times.map((index) => (index >= 40 && index < 60 ? null : 1));
  expect(downsample({ times, series: [{ name: 'a', values }] }, 20).series[0]?.values).toContain(null);
});

test('downsampling keeps a pause that is one empty row, longer than a stretch of the result', () => {
  const times = Array.from({ length: 2_000 }, (_, index) => index * 5_000 + (index > 1_000 ? 600_000 : 0));
  const values = times.map((): number | null => 1);
  times.splice(1_001, 0, 1_001 * 5_000);
  values.splice(1_001, 0, null);
  const small = downsample({ times, series: [{ name: 'a', values }] }, 600);
  expect(small.times.length).toBeLessThanOrEqual(600);
  const gap = small.series[0]?.values.indexOf(null) ?? -1;
  expect(small.times[gap]).toBe(1_001 * 5_000);
  expect(small.times).toEqual(small.times.toSorted((a, b) => a - b));
});

test('downsampling keeps within its bound, however many pauses there are', () => {
  const times = Array.from({ length: 6_000 }, (_, index) => index * 1_000);
  const values = times.map((_, index) => (Math.floor(index / 37) % 2 === 0 ? index : null));
  for (const bound of [120, 250, 600])
    expect(downsample({ times, series: [{ name: 'a', values }] }, bound).times.length).toBeLessThanOrEqual(bound);
});
