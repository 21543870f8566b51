import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LogLines } from './log-lines.ts';

// However long the machine takes over a flood, it is one second's.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function linesOf(...chunks: (string | Buffer)[]): string[] {
  const seen: string[] = [];
  const lines = new LogLines((line) => seen.push(line));
  for (const chunk of chunks) lines.push(Buffer.from(chunk));
  lines.end();
  return seen;
}

test('lines are joined across chunks, also in the middle of a character', () => {
  const euro = Buffer.from('€');
  expect(linesOf('a\nb', Buffer.concat([Buffer.from('c'), euro.subarray(0, 1)]), euro.subarray(1), '\r\nlast')).toEqual(
    ['a', 'bc€', 'last'],
  );
});

test('an endless line is cut once, and what follows it is whole', () => {
  const seen = linesOf('x'.repeat(5_000), 'x'.repeat(50_000), 'x\nnext\n');
  expect(seen).toHaveLength(2);
  expect(seen[0]).toMatch(/^x{4096}… \(cut\)$/);
  expect(seen[1]).toBe('next');
});

test('a flood is capped, and says how much was left out', () => {
  const seen = linesOf('flood\n'.repeat(100_000));
  expect(seen).toEqual([...Array(200).fill('flood'), '… 99800 more lines left out']);
});

test('what was left out is said when its second is over, though nothing more is printed', async () => {
  const seen: string[] = [];
  const lines = new LogLines((line) => seen.push(line));
  lines.push(Buffer.from('flood\n'.repeat(1_000)));
  expect(seen).toHaveLength(200);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(seen.slice(200)).toEqual(['… 800 more lines left out']);
});

test('each second has its own share, and what the one before left out is said first', async () => {
  const seen: string[] = [];
  const lines = new LogLines((line) => seen.push(line));
  lines.push(Buffer.from('flood\n'.repeat(201)));
  await vi.advanceTimersByTimeAsync(1_000);
  lines.push(Buffer.from('flood\n'.repeat(200)));
  lines.end();
  const share = Array(200).fill('flood');
  expect(seen).toEqual([...share, '… 1 more lines left out', ...share]);
});
