import { expect, test } from 'vitest';
import { functionState } from '#lib/schemas/function';
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
  live: { now: START + rows * 5_000, state: null, runtimeAlive: true, redisDownSince: null, writesRefused: null },
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

const HOUR = 3_600_000;
/** A month of quarters of an hour, as the server gives them, of which the last is open. */
const month = (): LivePage => {
  const { window, ...rest } = page(0);
  const times = Array.from({ length: 600 }, (_, row) => START + row * 1.2 * HOUR);
  const to = times.at(-1) ?? 0;
  return {
    ...rest,
    rangeMs: 720 * HOUR,
    live: { ...rest.live, now: to },
    window: {
      ...window,
      to,
      lastId: `${to}-0`,
      times,
      series: [{ name: 'a', values: times.map((_, row) => row) }],
      entries: 500_000,
      tier: '15m',
      resolutionMs: HOUR / 4,
    },
  };
};

test('at a long range, days of results neither make the page grow nor hide a spike', () => {
  const store = new LiveStore(month());
  const start = store.edge;
  for (let n = 1; n <= 40_000; n++) {
    const at = start + n * 5_000;
    store.add([{ ...result(0, { a: n === 20_000 ? 9_999 : 5 }), id: `${at}-0`, at }]);
  }
  expect(store.series.times.length).toBeLessThanOrEqual(1_200);
  expect(store.edge).toBe(start + 40_000 * 5_000);
  expect(store.series.column('a')).toContain(9_999);
  expect(store.series.column('a')).not.toContain(null);
});

test('buckets that were open are read anew now and then; results that came meanwhile stay', () => {
  const store = new LiveStore(month());
  const { window } = month();
  const start = store.edge;
  const add = (at: number) => store.add([{ ...result(0, { a: 7 }), id: `${at}-0`, at }]);
  add(start + 5_000);
  expect(store.isWindowOld).toBe(false);
  add(start + HOUR);
  expect(store.isWindowOld).toBe(true);
  const layout = store.newSeries;
  store.replace({ ...window, to: start + HOUR - 10, lastId: `${start + HOUR - 10}-0` }, []);
  expect([store.isWindowOld, store.newSeries, store.edge]).toEqual([false, layout, start + HOUR]);
  add(start + HOUR);
  expect(store.series.times.filter((at) => at === start + HOUR)).toHaveLength(1);
});

test('a window that is read anew in a pause does not show twice what waits', () => {
  const store = new LiveStore(page(3));
  store.pause();
  store.add([result(3), result(4)]);
  expect(store.paused?.count).toBe(2);
  store.replace(page(4).window, [result(3)]);
  store.resume();
  expect(store.series.column('cpu-0')).toEqual([0, 1, 2, 3, 4]);
});

test('the curves end with the newest result, also where its bucket ends earlier', () => {
  const { window, ...rest } = month();
  const at = window.to + 60_000;
  const lastId = `${at + 5_000}-0`;
  const store = new LiveStore({
    ...rest,
    window: { ...window, lastId },
    results: [{ ...result(0, { a: 3 }), id: `${at}-0`, at }],
  });
  expect([store.series.times.at(-1), store.edge]).toEqual([at, at]);
});

test('a range that does not move ends where it says, with the last values in it', () => {
  const store = new LiveStore({ ...page(3), results: [], endsAt: START + 12_000, rangeMs: 12_000 });
  expect([store.isFixed, store.edge, store.series.current('cpu-1')]).toEqual([true, START + 12_000, 4]);
});

test('nothing comes for a while: it goes on until something does, and is kept as long as it is in the range', () => {
  const store = new LiveStore(page(3));
  expect([store.silentSince, store.gaps]).toEqual([null, []]);
  store.setLive({ ...store.live, now: START + 40_000 });
  expect(store.silentSince).toBe(START + 10_000);
  store.add([result(8), result(9)]);
  expect([store.silentSince, store.gaps]).toEqual([null, [{ from: START + 10_000, to: START + 40_000 }]]);
  store.add([result(10), ...Array.from({ length: 20 }, (_, index) => result(11 + index))]);
  expect(store.gaps).toEqual([]);
});

test('a function that waits for its next try is not silent, unless its runtime is gone', () => {
  const store = new LiveStore(page(3));
  const state = functionState.parse({
    name: 'default',
    revision: 1,
    version: 'a',
    language: 'python',
    source: 'built in',
    handler: 'handler',
    inputKey: 'metrics',
    outputKey: 'out',
    periodMs: 5_000,
    timeoutMs: 10_000,
    invoke: 'tick',
    status: 'crashing',
    since: START,
    ticks: { done: 9, failed: 9, late: 0 },
    lastTickAt: START,
    input: { changedAt: START, everyMs: 5_000, digest: 'd', problem: null },
    failure: null,
    failedInARow: 9,
    retryAt: START + 90_000,
  });
  const later = { ...store.live, now: START + 80_000, state };
  store.setLive(later);
  expect(store.silentSince).toBeNull();
  store.setLive({ ...later, runtimeAlive: false });
  expect(store.silentSince).toBe(START + 10_000);
});

test('a new function that is called less often than every period has no gaps, as soon as that can be told', () => {
  const store = new LiveStore({ ...page(1), rangeMs: 600_000 });
  const rows = Array.from({ length: 12 }, (_, index) => 4 + index * 4);
  for (const row of rows) store.add([result(row)]);
  expect(store.gaps).toEqual([]);
  expect(store.series.column('cpu-0')).toEqual([0, ...rows]);
  store.add([result(80)]);
  expect(store.gaps).toEqual([{ from: result(48).at, to: result(80).at }]);
  expect(store.series.column('cpu-0').slice(-2)).toEqual([null, 80]);
});

test('a range in which nothing ran knows since when', () => {
  const { window, ...rest } = page(3);
  const store = new LiveStore({ ...rest, window: { ...window, times: [], series: [], entries: 0 } });
  store.setLive({ ...store.live, now: START + 3_600_000 });
  expect(store.silentSince).toBe(START + 10_000);
  store.add([result(700)]);
  expect(store.gaps).toEqual([{ from: START + 10_000, to: START + 3_500_000 }]);
});

test('figures have an age, also where none of the newest results was good', () => {
  const failed = { ...result(5), result: undefined, failure: { kind: 'timeout', message: 'x' } as const };
  expect(new LiveStore({ ...page(3), results: [failed] }).shownAt).toBe(START + 10_000);
});

test('how long an invocation took is known beyond the newest results', () => {
  const { window, ...rest } = page(3);
  const store = new LiveStore({ ...rest, window: { ...window, took: [4, null, 6] } });
  store.add([result(3)]);
  expect([0, 1, 2, 3].map((row) => store.tookAt(result(row).at))).toEqual([4, null, 1, 1]);
});
