import { expect, test } from 'vitest';
import { nextDue, Schedule } from './schedule.ts';

test.each([
  { now: 1_001, expected: { due: 2_000, missed: 0 } },
  { now: 1_999, expected: { due: 2_000, missed: 0 } },
  { now: 2_000, expected: { due: 3_000, missed: 1 } },
  { now: 4_500, expected: { due: 5_000, missed: 3 } },
])('what was due at 1000 every 1000 ms is due at the next multiple after $now', ({ now, expected }) => {
  expect(nextDue(1_000, now, 1_000)).toEqual(expected);
});

test('a task keeps its rate, and never overlaps itself', async () => {
  await using schedule = new Schedule();
  let running = 0;
  let most = 0;
  const starts: number[] = [];
  await new Promise<void>((done) => {
    schedule.add({
      periodMs: 20,
      async run({ lagMs }) {
        most = Math.max(most, ++running);
        starts.push(performance.now() - lagMs);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        if (starts.length === 10) done();
      },
    });
  });
  expect(most).toBe(1);
  // Nine periods cannot have passed any faster between what was due, however late each was on a busy machine.
  expect((starts.at(-1) ?? 0) - (starts[0] ?? 0)).toBeGreaterThan(9 * 20 - 5);
});

test('periods that pass while a task runs are skipped and counted', async () => {
  await using schedule = new Schedule();
  const missed = await new Promise<number>((resolve) => {
    let first = true;
    schedule.add({
      periodMs: 10,
      async run(due) {
        if (!first) resolve(due.missed);
        first = false;
        const until = performance.now() + 55;
        while (performance.now() < until) await new Promise((next) => setImmediate(next));
      },
    });
  });
  expect(missed).toBeGreaterThanOrEqual(5);
});

test('what is removed is not called again, and the end waits for what runs', async () => {
  const schedule = new Schedule();
  let ended = false;
  let entered = () => {};
  const running = new Promise<void>((resolve) => {
    entered = resolve;
  });
  schedule.add({
    periodMs: 1_000,
    async run() {
      entered();
      for (let turn = 0; turn < 50; turn++) await new Promise((next) => setImmediate(next));
      ended = true;
    },
  });
  await running;
  await schedule[Symbol.asyncDispose]();
  expect(ended).toBe(true);
});
