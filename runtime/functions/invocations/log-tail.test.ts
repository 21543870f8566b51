import { expect, test } from 'vitest';
import { LogTail } from './log-tail.ts';

test('the last 50 lines are kept, and what was left out is counted', () => {
  const tail = new LogTail();
  for (let line = 1; line <= 120; line++) tail.add('stdout', `line ${line}`);
  const { log, linesLeftOut } = tail.take();
  expect(log).toHaveLength(50);
  expect(log.at(-1)).toEqual({ stream: 'stdout', text: 'line 120' });
  expect(linesLeftOut).toBe(70);
  expect(tail.take()).toEqual({ log: [], linesLeftOut: 0 });
});

test('no more than 8 KiB are kept, in bytes', () => {
  const tail = new LogTail();
  for (let line = 0; line < 5; line++) tail.add('stderr', 'é'.repeat(1_500));
  const { log, linesLeftOut } = tail.take();
  expect([log.length, linesLeftOut]).toEqual([2, 3]);
  tail.add('stderr', 'é'.repeat(10_000));
  const [cut] = tail.take().log;
  expect(Buffer.byteLength(cut?.text ?? '')).toBeLessThanOrEqual(8 * 1024);
  expect(cut?.text).toMatch(/^é+/);
});
