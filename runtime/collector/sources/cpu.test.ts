import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cpuPercent, createCpuSource, parseCpuTimes } from './cpu.ts';
import { roundToTenth } from './round-to-tenth.ts';

let proc: string;
beforeEach(async () => {
  proc = await mkdtemp(join(tmpdir(), 'vigia-proc-'));
});
afterEach(() => rm(proc, { recursive: true }));

/** Percentages after each of several /proc/stat texts. */
async function readings(...stats: string[]): Promise<Record<string, unknown>[]> {
  const source = createCpuSource({ proc, sys: proc });
  const seen: Record<string, unknown>[] = [];
  for (const stat of stats) {
    await writeFile(join(proc, 'stat'), stat);
    seen.push(Object.fromEntries(await source.read()));
  }
  return seen;
}

test('only the lines of single CPUs count', () => {
  const stat =
    'cpu  10 0 4 100 6 0 1 5 0 0\ncpu0 5 0 2 50 3 0 0 2 0 0\ncpu12 5 0 2 50 3 0 1 3 0 0\nintr 7 0 cpu9\nctxt 3\n';
  expect([...parseCpuTimes(stat)]).toEqual([
    [0, [5, 0, 2, 50, 3, 0, 0, 2]],
    [12, [5, 0, 2, 50, 3, 0, 1, 3]],
  ]);
});

test('waiting for the disk is not being busy', () => {
  expect(cpuPercent([0, 0, 0, 0, 0, 0, 0, 0], [20, 0, 0, 30, 50, 0, 0, 0])).toBe(20);
});

test('nice, system, both kinds of interrupts and stolen time are busy', () => {
  expect(cpuPercent([0, 0, 0, 0, 0, 0, 0, 0], [1, 2, 3, 85, 0, 4, 2, 3])).toBe(15);
});

test('guest time is already part of user time and is not counted twice', async () => {
  const [, second] = await readings('cpu0 0 0 0 0 0 0 0 0 0 0\n', 'cpu0 50 0 0 50 0 0 0 0 40 0\n');
  expect(second).toEqual({ 'cpu_percent-0': 50 });
});

test('a counter that goes backwards did not move', () => {
  expect(cpuPercent([100, 0, 0, 1000, 500, 0, 0, 0], [110, 0, 0, 1030, 400, 0, 0, 0])).toBe(25);
});

test('no time between two readings is 0', async () => {
  const stat = 'cpu0 5 0 2 50 3 0 0 2 0 0\n';
  expect(await readings(stat, stat)).toEqual([{}, { 'cpu_percent-0': 0 }]);
});

const line = (cpu: number, user: number, idle: number) => `cpu${cpu} ${user} 0 0 ${idle} 0 0 0 0 0 0\n`;

test('a CPU that comes online is left out until it was read twice', async () => {
  const seen = await readings(line(0, 0, 0), line(0, 10, 90) + line(1, 500, 500), line(0, 20, 180) + line(1, 530, 570));
  expect(seen).toEqual([{}, { 'cpu_percent-0': 10 }, { 'cpu_percent-0': 10, 'cpu_percent-1': 30 }]);
});

test('when a CPU goes offline the others close ranks, each still measured against itself', async () => {
  const seen = await readings(
    line(0, 0, 0) + line(1, 900, 0) + line(2, 5000, 5000),
    line(0, 10, 90) + line(2, 5020, 5080),
  );
  expect(seen[1]).toEqual({ 'cpu_percent-0': 10, 'cpu_percent-1': 20 });
});

test('128 CPUs, each with its own number', async () => {
  const stat = (ticks: number) =>
    Array.from({ length: 128 }, (_, cpu) => `cpu${cpu} ${cpu * ticks} 0 0 ${(200 - cpu) * ticks} 0 0 0 0 0 0\n`).join(
      '',
    );
  const [, second] = await readings(stat(1), stat(2));
  expect(Object.keys(second ?? {})).toHaveLength(128);
  expect(second?.['cpu_percent-127']).toBe(63.5);
});

test('kernels that know fewer fields are read too', () => {
  expect(cpuPercent([0, 0, 0, 0], [1, 0, 0, 3])).toBe(25);
});

test.each([
  [0.25, 0.2],
  [0.75, 0.8],
  [33.25, 33.2],
  [66.666, 66.7],
  [2.05, 2.0],
  [0.05, 0.1],
  [99.95, 100],
  [0, 0],
])('%d is rounded to %d, as Python does', (value, rounded) => {
  expect(roundToTenth(value)).toBe(rounded);
});
