import { expect, test } from 'vitest';
import { neutralJson, neutralLine, neutralText } from './neutral.ts';

const BIDI = '\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069';

test('nothing that a terminal obeys is left, and lines and tabs stay in text', () => {
  const all = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).join('') + BIDI;
  expect(neutralText(all)).not.toMatch(/[^\P{Cc}\n\t]|\p{Bidi_Control}/u);
  expect(neutralLine(all)).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
  expect(neutralText('a\tb\r\nc\nd\re')).toBe('a\tb\nc\nd\\re');
  expect(neutralLine('a\tb\nc')).toBe('a\\tb\\nc');
});

test('words of any language stay as they are', () => {
  const words = 'ação, שלום, 日本語, 👩‍👩‍👧';
  expect([neutralText(words), neutralLine(words)]).toEqual([words, words]);
});

test('JSON has the same value', () => {
  const value = { '\u202ekey': `\x1b\x7f\x9b${BIDI}` };
  expect(JSON.parse(neutralJson(JSON.stringify(value, null, 2)))).toEqual(value);
});
