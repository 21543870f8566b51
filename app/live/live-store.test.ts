import { expect, test } from 'vitest';
import type { HistoryEntry } from '#lib/schemas/history';
import { CPU_MEAN } from './cpu-summary.ts';
import { type LivePage, LiveStore } from './live-store.ts';

const START = 1_000_000;
const result = (row: number, numbers: Record<string, number> = { 'cpu-0': row, 'cpu-1': row + 2 }): HistoryEntry => ({
  id: `${START + row * 5_000}-0`,
  at: START + row * 5_000,
  inputAt: START + row * 5_000,
  tookMs: 1,
  lagMs: 0,
  version: 'a',
  result: JSON.stringify(numbers),
});

const page = (rows: number): LivePage => ({
  name: 'default',
  rangeMs: 60_000,
  live: { now: START + rows * 5_000, state: null, runtimeAlive: true, redisDownSince: null },
  window: {
    from: START,
    to: START + rows * 5_000,
    lastId: rows === 0 ? '0-0' : result(rows - 1).id,
    times: Array.from({ length: rows }, (_, row) => START + row * 5_000),
    series: (rows === 0 ? [] : [0, 1]).map((cpu) => ({
      name: `cpu-${cpu}`,
      values: Array.from({ length: rows }, (_, row) => row + 2 * cpu),
    })),
    failures: [],
    versions: [{ at: START, version: 'a' }],
    entries: rows,
  },
  results: rows === 0 ? [] : [result(rows - 1)],
});

test('an entry that the window already holds is not added again', () => {
  const store = new LiveStore(page(3));
  store.add([result(1), result(2), result(3)]);
  store.add([result(3)]);
  expect(store.series.columns.times).toHaveLength(4);
  expect(store.series.column('cpu-0')).toEqual([0, 1, 2, 3]);
  expect(store.series.column(CPU_MEAN)).toEqual([1, 2, 3, 4]);
  expect(store.series.current(CPU_MEAN)).toBe(4);
});

test('what came while the page was paused is shown when it goes on', () => {
  const store = new LiveStore(page(3));
  store.pause();
  store.add([result(3), result(4)]);
  expect([store.series.current('cpu-0'), store.edge]).toEqual([2, START + 10_000]);
  expect(store.resume()).toBe(false);
  expect([store.series.current('cpu-0'), store.edge]).toEqual([4, START + 20_000]);
});

test('a pause that lasts too long to hold everything back asks for a new window', () => {
  const store = new LiveStore(page(3));
  store.pause();
  store.add(Array.from({ length: 1_200 }, (_, index) => result(3 + index)));
  expect(store.freshest.newestAt).toBe(result(1_202).at);
  expect(store.resume()).toBe(true);
  expect(store.series.current('cpu-0')).toBe(1_202);
});

test('only the window is kept', () => {
  const store = new LiveStore(page(3));
  store.add(Array.from({ length: 100 }, (_, index) => result(3 + index)));
  expect(store.series.columns.times[0]).toBe(START + 102 * 5_000 - 60_000);
});

test('a new series says that the page must be laid out anew', () => {
  const store = new LiveStore(page(3));
  store.add([result(3)]);
  expect(store.newSeries).toBe(0);
  store.add([result(4, { 'cpu-0': 1, 'cpu-1': 1, 'cpu-2': 4, other: 7 })]);
  expect(store.newSeries).toBe(1);
  expect(store.series.groups.others).toEqual(['other']);
  expect(store.series.column(CPU_MEAN)).toEqual([1, 2, 3, 4, 2]);
});

test('a page that had nothing starts with the first result', () => {
  const store = new LiveStore(page(0));
  store.add([result(0)]);
  expect(store.newSeries).toBe(1);
  expect(store.series.current('cpu-1')).toBe(2);
});
