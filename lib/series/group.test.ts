import { expect, test } from 'vitest';
import { averagingSeconds } from './cpu-family.ts';
import { groupSeries } from './group.ts';

test('the built-in result: its CPUs in order, the two percentages, nothing else', () => {
  expect(
    groupSeries(['percent-network-egress', 'percent-memory-caching', 'avg-util-cpu10-60sec', 'avg-util-cpu2-60sec']),
  ).toEqual({
    cpus: [
      {
        family: 'avg-util-cpuN-~|60sec',
        seconds: 60,
        series: [
          { name: 'avg-util-cpu2-60sec', cpu: 2 },
          { name: 'avg-util-cpu10-60sec', cpu: 10 },
        ],
      },
    ],
    memoryCaching: 'percent-memory-caching',
    networkEgress: 'percent-network-egress',
    others: [],
  });
});

test('two averages of the same CPUs are two groups, even for the CPU whose number is the window', () => {
  const names = [0, 60].flatMap((cpu) => [`avg-util-cpu${cpu}-60sec`, `avg-util-cpu${cpu}-60min`]);
  const { cpus } = groupSeries(['avg-util-cpu1-60sec', ...names]);
  expect(cpus.map(({ seconds, series }) => [seconds, series.map(({ cpu }) => cpu)])).toEqual([
    [60, [0, 1, 60]],
    [3600, [0, 60]],
  ]);
});

test.each([
  [['moving_average_cpu_percent-0', 'moving_average_cpu_percent-1']],
  [['cpus_avg.cpu_percent-0_avg', 'cpus_avg.cpu_percent-1_avg']],
  [['avg_util_cpu0_60seg', 'avg_util_cpu1_60seg']],
  [['avg_util_cpu_60sec_0', 'avg_util_cpu_60sec_1']],
  [['cpu_percent-0_avg60', 'cpu_percent-1_avg60']],
])('%j is one group', (names) => {
  expect(groupSeries(names).cpus.map(({ series }) => series.map(({ cpu }) => cpu))).toEqual([[0, 1]]);
});

test('a second series of the same meaning is charted as an unknown one, and a time is not charted', () => {
  expect(groupSeries(['memory_caching', 'memory_caching_percent', 'n_pids', 'timestamp'])).toMatchObject({
    memoryCaching: 'memory_caching',
    others: ['memory_caching_percent', 'n_pids'],
  });
});

test.each(['response_time', 'response_time_ms', 'io.read_time'])('%s is how long, so it is charted', (name) => {
  expect(groupSeries([name]).others).toEqual([name]);
});

test.each([
  'time',
  'at.time',
  'boot_time',
  'process_start_time_seconds',
  'last_push_time',
  'scraped_timestamp_ms',
  'epoch',
])('%s is when, so it is not', (name) => {
  expect(groupSeries([name]).others).toEqual([]);
});

test.each([
  ['avg-util-cpu0-60sec', 60],
  ['cpu_percent-0_avg60', 60],
  ['cpu_percent-10_moving_average_1min', 60],
  ['cpu_3_avg_60s', 60],
  ['avg_util_cpu0_60seg', 60],
  ['cpu4_avg_60', 60],
  ['moving_average_cpu_percent-0', null],
  ['cpus_avg.cpu_percent-0_avg', null],
])('%s averages over %s s', (name, seconds) => {
  expect(averagingSeconds(name)).toBe(seconds);
});
