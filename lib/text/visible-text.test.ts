import { expect, test } from 'vitest';
import { visibleText } from './visible-text.ts';

test.each([
  ['plain, é 😀 and\ttabs\nlines', 'plain, é 😀 and\ttabs\nlines'],
  ['ação, שלום, 日本語, 👩‍👩‍👧', 'ação, שלום, 日本語, 👩‍👩‍👧'],
  ['\x1b[31mred\x1b[0m', '\\x1b[31mred\\x1b[0m'],
  ['\x1b]52;c;aGk=\x07', '\\x1b]52;c;aGk=\\x07'],
  ['10 %\r20 %', '10 %\\r20 %'],
  ['a line\r\nanother', 'a line\nanother'],
  ['\u009b31m', '\\x9b31m'],
  ['user\u202etxt.exe', 'user\\u202etxt.exe'],
  ['\ufeffa\u2028b', '\\ufeffa\\u2028b'],
  ['\x00\x7f', '\\x00\\x7f'],
  ['<script>', '<script>'],
])('%j is shown as %j', (text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

test('nothing that a terminal obeys is left', () => {
  const controls = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).join('');
  const directions = '\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069';
  expect(visibleText(controls + directions)).not.toMatch(/[^\P{Cc}\n\t]|\p{Bidi_Control}/u);
});
