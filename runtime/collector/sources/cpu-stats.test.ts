import { expect, test } from 'vitest';
import { parseCpuStats } from './cpu-stats.ts';

test('counts since boot, whatever their size', () => {
  const stat = 'cpu  1 2 3\nintr 9007199254740993 0 1 13\nctxt 1438696\nbtime 1795221159\nsoftirq 196009 0 22694\n';
  expect([...parseCpuStats(stat)]).toEqual([
    ['cpu_stats-ctx_switches', 1438696n],
    ['cpu_stats-interrupts', 9007199254740993n],
    ['cpu_stats-soft_interrupts', 196009n],
    ['cpu_stats-syscalls', 0n],
  ]);
});
