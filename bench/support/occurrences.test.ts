import { expect, test } from 'vitest';
import { Occurrences } from './occurrences.ts';

test('what lies across two chunks, or three, counts once', () => {
  const bytes = Buffer.from('abcabcab-abc');
  for (const size of [1, 2, 3, 5, 12]) {
    const found = new Occurrences('abc');
    for (let at = 0; at < bytes.length; at += size) found.push(bytes.subarray(at, at + size));
    expect(found.count, `in chunks of ${size}`).toBe(3);
  }
});

test('what overlaps itself counts once', () => {
  const found = new Occurrences('aa');
  found.push(Buffer.from('aa'));
  found.push(Buffer.from('a'));
  expect(found.count).toBe(1);
});
