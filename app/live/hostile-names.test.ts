import { expect, test } from 'vitest';
import { formatFor } from '../format/format-for.ts';
import { indentJson, jsonRows } from '../format/json-text.ts';
import { cellsOf, columnsFor } from '../panels/result-columns.ts';
import { resultsWords } from '../panels/results-words.ts';
import { LiveStore } from './live-store.ts';

const POLLUTING =
  '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 2}}, "toString": 3, "__defineGetter__": 4}';
const VALUES = { '__proto__.polluted': 1, 'constructor.prototype.polluted': 2, toString: 3, __defineGetter__: 4 };

const entry = (row: number) => ({
  id: `${1_000 + row}-0`,
  at: 1_000 + row,
  inputAt: 1_000,
  tookMs: 1,
  lagMs: 0,
  version: 'a',
  result: POLLUTING,
});

test('a result with the names of what every object has is a result like any other', () => {
  const store = new LiveStore({
    name: 'default',
    rangeMs: 60_000,
    live: { now: 1_000, state: null, runtimeAlive: true, redisDownSince: null, writesRefused: null },
    window: { from: 0, to: 1_000, lastId: '0-0', times: [], series: [], failures: [], versions: [], entries: 0 },
    results: [],
  });
  store.add([entry(0), entry(1)]);
  for (const [name, value] of Object.entries(VALUES)) {
    expect([name, store.series.current(name), store.series.column(name)]).toEqual([name, value, [value, value]]);
  }
  expect(store.series.current('polluted')).toBeNull();
  const { usual: columns } = columnsFor(store.series.groups, resultsWords.en);
  expect(cellsOf(POLLUTING, columns, [], formatFor('en'))).toEqual(expect.arrayContaining(['1', '2', '3', '4']));
  expect(jsonRows(POLLUTING).map(({ name }) => name)).toContain('__proto__.polluted');
  expect('polluted' in {}).toBe(false);
});

test('text of any depth is shown, in an indentation of a bounded width', () => {
  const deep = `{"a": ${'['.repeat(100_000)}7${']'.repeat(100_000)}}`;
  expect(jsonRows(deep).map(({ value }) => value)).toEqual(['7']);
  const shown = indentJson(deep).reduce((size, { text }) => size + text.length, 0);
  expect(shown).toBeLessThan(200 * deep.length);
});
