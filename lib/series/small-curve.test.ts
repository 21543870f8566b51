import { expect, test } from 'vitest';
import { SmallCurve } from './small-curve.ts';

const MINUTE = 60_000;
/** Stretches of one second. */
const curveOf = () => new SmallCurve({ rangeMs: 2 * MINUTE, periodMs: 250 });

test('each stretch keeps its extremes in the order in which they came', () => {
  const curve = curveOf();
  for (const [at, value] of [
    [1_000, 5],
    [1_250, 9],
    [1_500, 1],
    [1_750, 4],
    [2_000, 7],
  ] as const) {
    curve.add(at, { value });
  }
  expect(curve.rows(3_000)).toMatchObject({ times: [1_250, 1_500, 2_000], values: [9, 1, 7] });
  expect(curve.newest).toEqual({ at: 2_000, value: 7 });
});

test('who knows the curve up to a time needs only the stretch of that time and what is newer', () => {
  const curve = curveOf();
  for (let at = 0; at <= 10_000; at += 250) curve.add(at, { value: at % 1_000 });
  const all = curve.rows(10_000);
  const { from, times } = curve.rows(10_000, 8_600);
  expect(from).toBe(8_000);
  expect(times).toEqual(all.times.filter((at) => at >= 8_000));
});

test('what gives a result less often than every period is one line', () => {
  const curve = curveOf();
  for (let at = 0; at <= 20_000; at += 2_000) curve.add(at, { value: 1 });
  expect(curve.rows(20_000).values.slice(-6)).not.toContain(null);
});

test('failures, pauses and results without the number are gaps; failures are told with their stretch', () => {
  const curve = curveOf();
  curve.add(1_000, { value: 1 });
  curve.add(2_000, 'failed');
  curve.add(2_250, 'failed');
  curve.add(3_000, { value: 3 });
  curve.add(4_000, { value: null });
  curve.add(5_000, { value: 5 });
  curve.add(9_000, { value: 9 });
  const { values, failures } = curve.rows(10_000);
  expect(values).toEqual([1, null, 3, null, 5, null, 9]);
  expect(failures).toEqual([{ from: 2_000, to: 2_250 }]);
});

test('what is older than the range goes, however long it runs', () => {
  const curve = curveOf();
  for (let at = 0; at < 60 * MINUTE; at += 250) curve.add(at, at % 500 === 0 ? { value: at } : 'failed');
  const { times, failures } = curve.rows(60 * MINUTE);
  expect(times.length).toBeLessThan(3 * 122);
  expect(Math.min(...times)).toBeGreaterThanOrEqual(58 * MINUTE);
  expect(failures.length).toBeLessThan(10);
});

test('a window that was read at once goes on with what comes after it', () => {
  const curve = curveOf();
  curve.fill([1_000, 2_000, 3_000], [1, null, 3], [{ from: 2_000, to: 2_000 }]);
  curve.add(3_250, { value: 4 });
  expect(curve.rows(4_000)).toMatchObject({ times: [1_000, 3_000, 3_000, 3_250], values: [1, null, 3, 4] });
});
