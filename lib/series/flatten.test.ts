import { expect, test } from 'vitest';
import { flattenNumbers, MAX_SERIES, numbersIn } from './flatten.ts';
import { rollUp, rollupOf } from './rollup.ts';
import { rollupColumns } from './rollup-window.ts';
import { toColumns } from './window.ts';

test('numbers by their dotted names; text, booleans, nulls and what is not finite are no series', () => {
  const result =
    '{"a": 20.0, "cpus": {"cpu-0": 3, "list": [1, {"x": -0.5}]}, "t": "7", "yes": true, "no": null, "huge": 1e999}';
  expect([...numbersIn(result)]).toEqual([
    ['a', 20],
    ['cpus.cpu-0', 3],
    ['cpus.list.0', 1],
    ['cpus.list.1.x', -0.5],
  ]);
});

const POLLUTING =
  '{"__proto__": {"polluted": 1, "length": 9}, "constructor": {"prototype": {"polluted": 2}}, "toString": 3, "hasOwnProperty": 4}';
const NAMES = [
  '__proto__.polluted',
  '__proto__.length',
  'constructor.prototype.polluted',
  'toString',
  'hasOwnProperty',
];

test('names that objects have of themselves are only names, in the series of every tier', () => {
  expect([...numbersIn(POLLUTING).keys()]).toEqual(NAMES);
  const at = 1_800_000_000_000;
  const entries = [0, 1].map((row) => ({
    id: `${at + row * 1_000}-0`,
    at: at + row * 1_000,
    inputAt: at,
    tookMs: 1,
    lagMs: 0,
    version: 'a',
    result: POLLUTING,
  }));
  expect(toColumns(entries, 1_000).series.map(({ name }) => name)).toEqual(NAMES);
  const buckets = rollUp(entries.map(rollupOf), 60_000);
  const spacing = { bucketMs: 60_000, periodMs: 1_000, newestAt: at + 60_000 };
  const columns = rollupColumns(buckets, spacing);
  expect(columns.series.map(({ name, values }) => [name, values[0]])).toEqual([
    ['__proto__.polluted', 1],
    ['__proto__.length', 9],
    ['constructor.prototype.polluted', 2],
    ['toString', 3],
    ['hasOwnProperty', 4],
  ]);
  expect('polluted' in {}).toBe(false);
});

test('a result of any depth and any number of names is cut, not followed to its end', () => {
  const deep = `${'{"a":'.repeat(1_000_000)}1${'}'.repeat(1_000_000)}`;
  expect(numbersIn(deep).size).toBe(0);
  const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`n${index}`, index]));
  expect(flattenNumbers(wide).size).toBe(MAX_SERIES);
});
