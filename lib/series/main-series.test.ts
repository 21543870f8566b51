import { expect, test } from 'vitest';
import { mainSeries, mainValue } from './main-series.ts';

test.each([
  [['a', 'percent-network-egress', 'avg-util-cpu1-60sec', 'avg-util-cpu0-60sec'], null, 'cpu'],
  [['a', 'percent-network-egress', 'percent-memory-caching'], 'percent-memory-caching', 'percent'],
  [['a', 'percent-network-egress'], 'percent-network-egress', 'percent'],
  [['timestamp', 'bytes_free', 'a'], 'bytes_free', 'bytes'],
])('of %j the main one is %s', (names, name, kind) => {
  expect(mainSeries(names)).toMatchObject({ name, kind });
});

test('without numbers there is none, and a mean is of those that are there', () => {
  expect(mainSeries(['timestamp'])).toBeNull();
  const cpus = mainSeries(['cpu_percent-0', 'cpu_percent-1']);
  const numbers = new Map([['cpu_percent-1', 30]]);
  expect(cpus && mainValue(cpus, (name) => numbers.get(name))).toBe(30);
  expect(cpus && mainValue(cpus, () => null)).toBeNull();
});
