import { expect, test } from 'vitest';
import { handler } from './machine-metrics.ts';

const sample = (second: number, cpu: number, more: object = {}) => ({
  timestamp: `2025-12-04 22:23:${String(second).padStart(2, '0')}.500000`,
  'cpu_percent-0': cpu,
  ...more,
});

test('the three metrics, by the formulas that every monitoring function uses', () => {
  const result = handler(
    {
      ...sample(0, 12.5),
      'virtual_memory-total': 1000,
      'virtual_memory-cached': 150,
      'virtual_memory-buffers': 50,
      'net_io_counters_eth0-bytes_sent': 20,
      'net_io_counters_eth0-bytes_recv': 80,
    },
    { env: {} },
  );
  expect(result).toEqual({
    'percent-network-egress': 20,
    'percent-memory-caching': 20,
    'avg-util-cpu0-60sec': 12.5,
    timestamp: '2025-12-04 22:23:00.500000',
  });
});

test('the average moves over a minute of timestamps, and counts a sample that is read twice once', () => {
  const context = { env: {} };
  handler(sample(0, 100), context);
  handler(sample(0, 100), context);
  expect(handler(sample(30, 0), context)['avg-util-cpu0-60sec']).toBe(50);
  const later = { ...sample(0, 20), timestamp: '2025-12-04 22:24:00.500000' };
  expect(handler(later, context)['avg-util-cpu0-60sec']).toBe(10);
});

test('a clock that is set back starts the window anew', () => {
  const context = { env: {} };
  handler(sample(50, 100), context);
  expect(handler(sample(10, 0), context)['avg-util-cpu0-60sec']).toBe(0);
});

test('nothing sent, nothing received and no memory are 0, not a failure', () => {
  expect(handler({}, { env: {} })).toEqual({ 'percent-network-egress': 0, 'percent-memory-caching': 0 });
});
