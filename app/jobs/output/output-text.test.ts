import { expect, test } from 'vitest';
import type { OutputSegment } from '#lib/schemas/job';
import { OutputText } from './output-text.ts';

const out = (text: string): OutputSegment => ({ stream: 'stdout', text });
const err = (text: string): OutputSegment => ({ stream: 'stderr', text });
const drawn = ({ chunks }: OutputText) => chunks.map(({ runs }) => runs.map(({ text }) => text).join(''));

test('both streams stand in their order, and what one wrote on and on is one run', () => {
  const text = new OutputText();
  text.append([out('a'), out('b\n'), err('oh\n')]);
  text.append([err('no\n'), out('c')]);
  expect(text.chunks.map(({ runs }) => runs)).toEqual([
    [
      { stream: 'stdout', text: 'ab\n', isMore: false },
      { stream: 'stderr', text: 'oh\nno\n', isMore: false },
      { stream: 'stdout', text: 'c', isMore: false },
    ],
  ]);
  expect([text.text, text.lines]).toEqual(['ab\noh\nno\nc', 3]);
});

test('whatever its pieces are, the chunks together are the output', () => {
  const whole = Array.from({ length: 3_000 }, (_, n) => `${n} ${'x'.repeat(n % 97)}\n`).join('');
  for (const size of [1, 7, 1_000, whole.length]) {
    const text = new OutputText();
    for (let at = 0; at < whole.length; at += size) text.append([out(whole.slice(at, at + size))]);
    expect(drawn(text).join('')).toBe(whole);
    expect(text.lines).toBe(3_000);
    expect(drawn(text).every((chunk) => chunk.endsWith('\n'))).toBe(true);
    expect(Math.max(...text.chunks.map(({ lines }) => lines))).toBeLessThanOrEqual(200);
  }
});

test('what comes changes only the last chunk', () => {
  const text = new OutputText();
  text.append([out('x\n'.repeat(1_000))]);
  const before = text.chunks;
  text.append([err('y')]);
  expect(text.chunks.slice(0, before.length)).toEqual(before);
  before.forEach((chunk, index) => {
    expect(text.chunks[index]).toBe(chunk);
  });
  expect(text.chunks.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 5]);
});

test('a line without an end is cut somewhere, but in no character', () => {
  const text = new OutputText();
  text.append([err(`x${'😀'.repeat(100_000)}`)]);
  expect(drawn(text).join('')).toBe(`x${'😀'.repeat(100_000)}`);
  expect(text.chunks.length).toBeGreaterThan(2);
  for (const chunk of drawn(text)) expect(chunk.isWellFormed()).toBe(true);
  expect(text.chunks.map(({ runs }) => runs[0]?.isMore)).toEqual([false, true, true, true]);
});
