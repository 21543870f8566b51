import { expect, test } from 'vitest';
import { wrapText } from './wrap-text.ts';

const wrapped = (text: string, width: number) => wrapText(text, width, ({ length }) => length);

test('a text is broken between words where its room ends, and loses none of them', () => {
  expect(wrapped('machine · 12:00 – 12:15 (UTC)', 40)).toEqual(['machine · 12:00 – 12:15 (UTC)']);
  expect(wrapped('machine · 12:00 – 12:15 (UTC)', 17)).toEqual(['machine · 12:00 –', '12:15 (UTC)']);
  expect(wrapped('a-very-long-name · now', 10)).toEqual(['a-very-long-name', '· now']);
});
