import { expect, test } from 'vitest';
import { LogLines } from './log-lines.ts';

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
  const left = Number(/… (\d+) more lines/.exec(seen.at(-1) ?? '')?.[1]);
  expect(seen.length).toBeLessThan(1_000);
  expect(left + seen.filter((line) => line === 'flood').length).toBe(100_000);
});

test('what was left out is said when its second is over, though nothing more is printed', async () => {
  const seen: string[] = [];
  const said = new Promise<string>((resolve) => {
    const lines = new LogLines((line) => {
      if (seen.push(line) && line.startsWith('…')) resolve(line);
    });
    lines.push(Buffer.from('flood\n'.repeat(100_000)));
  });
  const left = Number(/… (\d+) more lines/.exec(await said)?.[1]);
  expect(left + seen.filter((line) => line === 'flood').length).toBe(100_000);
});
