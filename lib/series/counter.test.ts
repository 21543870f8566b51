import { expect, test } from 'vitest';
import { countsUp, isCounterName } from './counter.ts';

test.each([
  ['net_io_counters_eth0-bytes_sent', true],
  ['net_io_counters_eth0-packets_recv1', false],
  ['disk_io_counters-read_bytes', true],
  ['cpu_stats-ctx_switches', true],
  ['http_requests_total', true],
  ['virtual_memory-total', false],
  ['net.errin', true],
  ['percentage_outgoing_bytes', false],
  ['n_pids', false],
  ['queue_length', false],
])('%s is a counter: %s', (name, expected) => expect(isCounterName(name)).toBe(expected));

test('what falls again and again counts nothing up; one that begins anew does', () => {
  expect(countsUp([1, 2, null, 2, 5])).toBe(true);
  expect(countsUp([...Array.from({ length: 40 }, (_, n) => n), 0, 1, 2])).toBe(true);
  expect(countsUp([5, 3, 6, 2])).toBe(false);
  expect(countsUp([])).toBe(true);
});
