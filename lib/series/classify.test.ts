import { describe, expect, test } from 'vitest';
import { classify } from './classify.ts';

describe('a per-CPU series, in every spelling that existing functions use', () => {
  test.each([
    ['avg-util-cpu0-60sec', 0],
    ['avg-util-cpu12-60sec', 12],
    ['cpu_percent-0_avg60', 0],
    ['cpu_percent-127_avg60', 127],
    ['moving_average_cpu_percent-0', 0],
    ['cpus_avg.cpu_percent-0_avg', 0],
    ['avg_util_cpu0_60seg', 0],
    ['avg_util_cpu_60sec_3', 3],
    ['cpu_3_avg_60s', 3],
    ['cpu.5', 5],
    ['CPU-7 moving average (1min)', 7],
    ['cpu_percent-10_moving_average_1min', 10],
    ['cpu_avg_last60-4', 4],
    ['cpu4_avg_60', 4],
  ])('%s is CPU %i', (name, cpu) => {
    expect(classify(name)).toEqual({ kind: 'cpu', cpu });
  });

  test.each(['cpu_freq_current', 'cpu_freq-0', 'cpu_stats-ctx_switches', 'avg_util_cpu_60sec', 'cpu_percent_avg60'])(
    '%s is not',
    (name) => {
      expect(classify(name).kind).not.toBe('cpu');
    },
  );
});

test.each([
  ['percent-network-egress', 'network-egress'],
  ['percentage_outgoing_bytes', 'network-egress'],
  ['network_egress_percent', 'network-egress'],
  ['network_egress', 'network-egress'],
  ['percent-memory-caching', 'memory-caching'],
  ['memory_caching_percent', 'memory-caching'],
  ['percent_memory_cache', 'memory-caching'],
  ['memory_cached_percentage', 'memory-caching'],
  ['disk_percent', null],
])('%s is a percentage: %s', (name, metric) => {
  expect(classify(name)).toEqual({ kind: 'percent', metric });
});

test.each([
  ['latency_ms', 'milliseconds'],
  ['latencyMs', 'milliseconds'],
  ['http.latency-ms', 'milliseconds'],
  ['p99_us', 'microseconds'],
  ['oldest_seconds', 'seconds'],
  ['duration_s', 'seconds'],
  ['process_cpu_seconds_total', 'seconds'],
  ['cpu0_seconds_total', 'seconds'],
  ['cpu_utilization_seconds', 'seconds'],
  ['uptime_hours', 'hours'],
  ['temperature_celsius', 'celsius'],
  ['cpu_0_temperature_celsius', 'celsius'],
  ['disk_read_bytes_per_second', 'bytes-per-second'],
  ['network_egress_bytes_per_second', 'bytes-per-second'],
  ['link_bits_per_second', 'bits-per-second'],
  ['requests_per_second', 'per-second'],
  ['heap_bytes', 'bytes'],
  ['received_bytes_total', 'bytes'],
  ['heap_mb', 'megabytes'],
  ['cache_hit_ratio', 'ratio'],
  ['cpu0_util_ratio', 'ratio'],
  ['used_percent', 'percent'],
  ['core_hertz', 'hertz'],
  ['supply_volts', 'volts'],
  ['power_watts', 'watts'],
  ['energy_joules_total', 'joules'],
  // What only looks like one.
  ['load_60s', 'other'],
  ['load_60_sec', 'other'],
  ['queue.alarms', 'other'],
  ['items', 'other'],
  ['s', 'other'],
  ['requests_total', 'other'],
])('the end of %s says %s', (name, kind) => {
  expect(classify(name).kind).toBe(kind);
});

test.each([
  ['net_io_counters_eth0-bytes_sent', 'bytes'],
  ['virtual_memory-cached', 'bytes'],
  ['n_pids', 'other'],
  ['virtual_memory-percent', 'percent'],
  ['score', 'other'],
  ['', 'other'],
])('%s is %s', (name, kind) => {
  expect(classify(name).kind).toBe(kind);
});
