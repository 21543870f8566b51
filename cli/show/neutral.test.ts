import { expect, test } from 'vitest';
import { neutralJson, neutralLine } from './neutral.ts';

const BIDI = '\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069';

test('nothing that a terminal obeys is left in a line, nor what would end it', () => {
  const all = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).join('') + BIDI;
  expect(neutralLine(all)).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
  expect(neutralLine('a\tb\nc')).toBe('a\\tb\\nc');
});

test('words of any language stay as they are', () => {
  expect(neutralLine('ação, שלום, 日本語, 👩‍👩‍👧')).toBe('ação, שלום, 日本語, 👩‍👩‍👧');
});

test('JSON has the same value', () => {
  const value = { '\u202ekey': `\x1b\x7f\x9b\ufeff${BIDI}` };
  expect(JSON.parse(neutralJson(JSON.stringify(value, null, 2)))).toEqual(value);
});
