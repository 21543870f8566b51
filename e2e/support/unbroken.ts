import { expect } from 'vitest';
import type { FunctionState } from '#lib/schemas/function';
import type { LiveResult } from './role-under-test.ts';

/** Of a function that returns how often it has been called as `n`: every call from the first to the last is there, each once. */
export function expectUnbroken(results: readonly LiveResult[]): void {
  const counts = results.map(({ result }) => JSON.parse(result ?? 'null')?.n);
  expect(counts).toEqual(Array.from(counts, (_, index) => counts[0] + index));
}

/**
 * Each state that a function's runtimes have written, in order: every period from the first tick to the last has been
 * served once or counted as late, in one rhythm. A machine that is busy makes ticks late; it loses none.
 */
export function expectEveryPeriod(states: readonly FunctionState[]): void {
  const ticks = states.filter(
    ({ lastDueAt }, index) => lastDueAt !== null && lastDueAt !== states[index - 1]?.lastDueAt,
  );
  const periods = ticks.slice(1).map((tick, index) => {
    const before = ticks[index] ?? tick;
    // A runtime counts from when it began.
    const counted = tick.ticks.done > before.ticks.done ? tick.ticks.late - before.ticks.late : tick.ticks.late;
    const passed = ((tick.lastDueAt ?? 0) - (before.lastDueAt ?? 0)) / tick.periodMs;
    return { passed, late: counted };
  });
  expect(periods.length).toBeGreaterThan(0);
  // Clocks of processes agree to a few milliseconds.
  for (const { passed, late } of periods) expect(passed).toBeCloseTo(1 + late, 1);
}
