import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { HistoryEntry } from '#lib/schemas/history';
import { merge, type Rollup, rollUp, rollupOf } from './rollup.ts';

const entry = (at: number, outcome: { result: unknown } | { error: string }, version = 'v1'): HistoryEntry => ({
  id: `${at}-0`,
  at,
  inputAt: at,
  tookMs: 1,
  lagMs: 0,
  version,
  ...('result' in outcome
    ? { result: JSON.stringify(outcome.result) }
    : { failure: { kind: 'invocation' as const, message: outcome.error } }),
});

/** The same numbers in every run: mulberry32. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Invocations of which some fail, some lack a series, and some come from another version. */
function someEntries(seed: number, count: number): HistoryEntry[] {
  const next = random(seed);
  let at = Math.floor(next() * 1e6);
  return Array.from({ length: count }, () => {
    at += Math.floor(next() * 9_000);
    const version = next() < 0.9 ? 'v1' : 'v2';
    if (next() < 0.15) return entry(at, { error: next() < 0.5 ? 'x' : 'y' }, version);
    const a = Math.round(next() * 20);
    return entry(at, { result: next() < 0.3 ? { a } : { b: next() * 1e6 - 5e5, a } }, version);
  });
}

/** Means are sums of rounded numbers, and series come in the order in which each part first saw them. */
function rounded(buckets: readonly Rollup[]) {
  return buckets.map(({ names, series, ...rest }) => ({
    ...rest,
    series: Object.fromEntries(
      names.map((name, index) => [name, { ...series[index], mean: Number(series[index]?.mean.toPrecision(9)) }]),
    ),
  }));
}

test('rolling up in any partition is rolling up at once', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const entries = someEntries(seed, 60).map(rollupOf);
    const next = random(seed + 1_000);
    const parts: Rollup[] = [];
    for (const each of entries) {
      const last = parts.at(-1);
      if (last !== undefined && next() < 0.6 && Math.floor(last.start / 60_000) === Math.floor(each.start / 60_000))
        parts[parts.length - 1] = merge(last, each);
      else parts.push(each);
    }
    expect(rounded(rollUp(parts, 60_000))).toEqual(rounded(rollUp(entries, 60_000)));
    expect(rounded(rollUp(rollUp(entries, 60_000), 900_000))).toEqual(rounded(rollUp(entries, 900_000)));
  }
});

test('a bucket says what its entries say, calculated in another way', () => {
  for (let seed = 1; seed <= 50; seed++) {
    const entries = someEntries(seed, 200);
    for (const { start, good, names, series, failures } of rollUp(entries.map(rollupOf), 60_000)) {
      const inside = entries.filter(({ at }) => at >= start && at < start + 60_000);
      expect(good).toBe(inside.filter(({ result }) => result !== undefined).length);
      expect(failures?.count ?? 0).toBe(inside.length - good);
      for (const [index, name] of names.entries()) {
        const values = inside.flatMap(({ result }): number[] => {
          const value = result === undefined ? undefined : JSON.parse(result)[name];
          return value === undefined ? [] : [value];
        });
        const low = Math.min(...values);
        const high = Math.max(...values);
        expect(series[index]).toEqual({
          count: values.length,
          min: low,
          mean: expect.closeTo(values.reduce((sum, value) => sum + value, 0) / values.length, 6),
          max: high,
          last: values.at(-1),
          maxFirst: values.indexOf(high) < values.indexOf(low),
        });
      }
    }
  }
});

test('the recorded hour: every minute of every series is what the recording says', () => {
  const lines = readFileSync(join(import.meta.dirname, '../../e2e/fixtures/psutil-trace.jsonl'), 'utf8')
    .trim()
    .split('\n');
  const atOf = (line: string) => Date.parse(`${JSON.parse(line).timestamp}Z`);
  const buckets = rollUp(
    lines.map((line) => rollupOf({ ...entry(atOf(line), { result: {} }), result: line })),
    60_000,
  );
  expect(buckets.reduce((sum, { good }) => sum + good, 0)).toBe(720);
  const byMinute = Map.groupBy(lines, (line) => Math.floor(atOf(line) / 60_000) * 60_000);
  expect(buckets.map(({ start }) => start)).toEqual([...byMinute.keys()]);
  for (const { start, names, series } of buckets) {
    expect(names).toContain('cpu_percent-3');
    for (const [index, name] of names.entries()) {
      const values = (byMinute.get(start) ?? []).map((line): number => JSON.parse(line)[name]);
      const sorted = values.toSorted((a, b) => a - b);
      const { min, max, mean, last, count } = series[index] ?? {};
      expect([min, max, last, count]).toEqual([sorted[0], sorted.at(-1), values.at(-1), values.length]);
      expect(mean).toBeCloseTo(
        values.reduce((sum, value) => sum + value / values.length, 0),
        3,
      );
    }
  }
});

test('failures are counted with the last message, and a bucket of failures alone is there', () => {
  const buckets = rollUp(
    [entry(0, { error: 'x' }), entry(10, { error: 'y' }), entry(60_000, { result: { a: 1 } })].map(rollupOf),
    60_000,
  );
  expect(buckets[0]).toMatchObject({
    start: 0,
    good: 0,
    names: [],
    failures: { count: 2, from: 0, to: 10, message: 'y', version: 'v1' },
  });
  expect(buckets[1]?.failures).toBeNull();
});

test('the mean of a constant is that constant, and huge numbers have a mean', () => {
  const third = 1 / 3;
  const constant = rollUp(
    Array.from({ length: 97 }, (_, at) => rollupOf(entry(at, { result: { third } }))),
    60_000,
  );
  expect(constant[0]?.series[0]).toMatchObject({ min: third, mean: third, max: third, count: 97 });
  const huge = rollUp(
    [1.7e308, 1.7e308, -1.7e308].map((x, at) => rollupOf(entry(at, { result: { x } }))),
    60_000,
  );
  expect(huge[0]?.series[0]?.mean).toBeCloseTo(1.7e308 / 3, -300);
});

test('a bucket holds no more series than a result may have', () => {
  const entries = Array.from({ length: 40 }, (_, at) =>
    rollupOf(entry(at, { result: Object.fromEntries(Array.from({ length: 100 }, (_x, n) => [`s${at}.${n}`, n])) })),
  );
  expect(rollUp(entries, 60_000)[0]?.names).toHaveLength(1024);
});
