import { expect, test } from 'vitest';
import type { HistoryEntry } from '#lib/schemas/history';
import { addRow, columnsOf, dropBefore, extentOf, nearestRow, rowWithin, thin } from './columns.ts';
import { CPU_HIGH, CPU_LOW, CPU_MEAN, summarise, withSummary } from './cpu-summary.ts';
import { isNewer, mergeNewest } from './entry-order.ts';
import { versionAt, withFailure, withVersion } from './marks.ts';

const entry = (id: string, rest: Partial<HistoryEntry> = {}): HistoryEntry => ({
  id,
  at: Number(id.split('-')[0]),
  inputAt: 0,
  tookMs: 1,
  lagMs: 0,
  version: 'a',
  result: '{}',
  ...rest,
});
const EVERY_5_S = { periodMs: 5_000, bucketMs: 0 };
const failed = (id: string, message: string, version = 'a') =>
  entry(id, { result: undefined, failure: { kind: 'invocation', message }, version });

test('ids are ordered as numbers, not as text', () => {
  expect(isNewer('10-0', '9-0')).toBe(true);
  expect(isNewer('9-10', '9-9')).toBe(true);
  expect(isNewer('9-9', '9-9')).toBe(false);
});

test('an entry that comes twice is kept once, and the oldest ones make room', () => {
  const merged = mergeNewest([entry('3-0'), entry('2-0')], [entry('2-0'), entry('5-0'), entry('4-0')], 3);
  expect(merged.map(({ id }) => id)).toEqual(['5-0', '4-0', '3-0']);
  const newer = mergeNewest([entry('3-0'), entry('2-0')], [entry('4-0'), entry('5-0')], 3);
  expect(newer.map(({ id }) => id)).toEqual(['5-0', '4-0', '3-0']);
});

test('a row reaches every series; a new one starts late, and a pause is a gap', () => {
  const columns = columnsOf({ times: [0], series: [{ name: 'a', values: [1] }] });
  expect(addRow(columns, 5_000, new Map([['a', 2]]), EVERY_5_S)).toBe(false);
  expect(addRow(columns, 60_000, new Map([['b', 3]]), EVERY_5_S)).toBe(true);
  expect(columns.times).toEqual([0, 5_000, 10_000, 60_000]);
  expect([...columns.values]).toEqual([
    ['a', [1, 2, null, null]],
    ['b', [null, null, null, 3]],
  ]);
});

test('what leaves the window is forgotten, but for the row that leads in', () => {
  const columns = columnsOf({ times: [0, 1, 2, 3], series: [{ name: 'a', values: [1, 2, 3, 4] }] });
  dropBefore(columns, 2.5);
  expect(columns.times).toEqual([2, 3]);
  expect(columns.values.get('a')).toEqual([3, 4]);
  dropBefore(columns, 99);
  expect(columns.times).toEqual([3]);
});

test('thinning keeps extremes and gaps, leaves the newest row, and loses nothing when it is done again', () => {
  const values = [1, 9, 2, 3, null, null, null, null, 5, 6, 7];
  const columns = columnsOf({ times: values.map((_, at) => at), series: [{ name: 'a', values }] });
  thin(columns, 4);
  const once = structuredClone(columns);
  expect(columns.times).toEqual([0, 3, 4, 7, 8, 9, 10]);
  expect(columns.values.get('a')).toEqual([1, 9, null, null, 5, 6, 7]);
  thin(columns, 4);
  expect(columns).toEqual(once);
});

test('a gap longer than a stretch is a gap after thinning as well, and the newest stretch does not grow', () => {
  const times = [0, 1, 2, 3, 50, 51, 52, 53, 54, 55];
  const values = [1, 9, 2, null, 5, 6, 8, 4, 5, 7];
  const columns = columnsOf({ times, series: [{ name: 'a', values }] });
  thin(columns, 10);
  expect(columns.times).toEqual([0, 2, 3, 50, 54, 55]);
  expect(columns.values.get('a')).toEqual([1, 9, null, 8, 4, 7]);
});

test('results after the rows of buckets follow on without a gap, unless a bucket is missing', () => {
  const spacing = { periodMs: 5_000, bucketMs: 60_000 };
  const columns = columnsOf({ times: [15_000, 45_000], series: [{ name: 'a', values: [1, 2] }] });
  addRow(columns, 75_000, new Map([['a', 3]]), spacing);
  addRow(columns, 180_000, new Map([['a', 4]]), spacing);
  expect(columns.values.get('a')).toEqual([1, 2, 3, null, 4]);
});

test('the nearest row is one that the frame shows', () => {
  const times = [0, 10, 20, 30];
  const row = (at: number) => rowWithin(times, at, { from: 5, to: 25 });
  expect([-9, 6, 16, 99].map(row)).toEqual([1, 1, 2, 2]);
  expect(rowWithin(times, 12, { from: 11, to: 14 })).toBe(-1);
  expect(rowWithin([], 12, { from: 11, to: 14 })).toBe(-1);
});

test('extent and nearest row', () => {
  expect(extentOf([null, 3, 1, null])).toEqual({ low: 1, high: 3 });
  expect(extentOf([null])).toBeNull();
  expect([-5, 0, 4, 6, 99].map((at) => nearestRow([0, 10, 20], at))).toEqual([0, 0, 0, 1, 2]);
  expect(nearestRow([], 3)).toBe(-1);
});

test('mean, least and greatest of the CPUs grow with the rows', () => {
  const columns = columnsOf({
    times: [0, 1],
    series: [
      { name: 'a', values: [10, null] },
      { name: 'b', values: [30, null] },
    ],
  });
  summarise(columns, ['a', 'b']);
  addRow(columns, 2, withSummary(new Map([['a', 50]]), ['a', 'b']), EVERY_5_S);
  expect([CPU_MEAN, CPU_LOW, CPU_HIGH].map((name) => columns.values.get(name))).toEqual([
    [20, null, 50],
    [10, null, 50],
    [30, null, 50],
  ]);
});

test('failures in a row are one run; a good one in between, another message or version begins a new one', () => {
  const entries = [failed('1-0', 'x'), failed('2-0', 'x'), entry('3-0'), failed('4-0', 'x'), failed('5-0', 'x', 'b')];
  const runs = entries.reduce<{ runs: ReturnType<typeof withFailure>; at: number | null }>(
    (known, next) => ({ runs: withFailure(known.runs, next, known.at), at: next.at }),
    { runs: [], at: null },
  ).runs;
  expect(runs.map(({ from, to, count }) => [from, to, count])).toEqual([
    [1, 2, 2],
    [4, 4, 1],
    [5, 5, 1],
  ]);
});

test('a version ran from where it began until another one did', () => {
  const versions = [entry('1-0'), entry('2-0'), entry('3-0', { version: 'b' })].reduce<ReturnType<typeof withVersion>>(
    withVersion,
    [],
  );
  expect([versionAt(versions, 2), versionAt(versions, 3), versionAt(versions, 0)]).toEqual(['a', 'b', null]);
});
