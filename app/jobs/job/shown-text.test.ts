import { expect, test } from 'vitest';
import { shownText } from './shown-text.ts';

test('a text is shown by its lines, whether the last one has an end or not', () => {
  expect(shownText('a\n\nb')).toEqual({ lines: ['a', '', 'b'], left: 0 });
  expect(shownText('a\n\nb\n')).toEqual({ lines: ['a', '', 'b'], left: 0 });
});

test('of a long text the beginning is, and how much is left out', () => {
  const many = shownText('x\n'.repeat(5_000));
  expect([many.lines.length, many.left]).toEqual([2_000, 3_000]);
  const wide = shownText(`${'x'.repeat(40_000)}\n`.repeat(3));
  expect([wide.lines.length, wide.left]).toEqual([1, 2]);
  const endless = shownText('x'.repeat(100_000));
  expect([endless.lines[0]?.length, endless.left]).toEqual([65_536, null]);
});
