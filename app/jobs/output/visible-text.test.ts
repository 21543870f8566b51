import { expect, test } from 'vitest';
import { visible, visibleParts } from './visible-text.ts';

test.each([
  ['plain, é 😀 and\ttabs\nlines', 'plain, é 😀 and\ttabs\nlines'],
  ['\x1b[31mred\x1b[0m', '\\x1b[31mred\\x1b[0m'],
  ['\x1b]52;c;aGk=\x07', '\\x1b]52;c;aGk=\\x07'],
  ['10 %\r20 %', '10 %\\r20 %'],
  ['a line\r\nanother', 'a line\nanother'],
  ['\u009b31m', '\\x9b31m'],
  ['user\u202etxt.exe', 'user\\u202etxt.exe'],
  ['\x00\x7f', '\\x00\\x7f'],
  ['<script>', '<script>'],
])('%j is shown as %j', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('what was escaped is told apart from what was written so', () => {
  expect(visibleParts('\\x1b\x1b')).toEqual([
    { text: '\\x1b', isEscaped: false },
    { text: '\\x1b', isEscaped: true },
  ]);
});

test('a text of nothing but controls stays few elements', () => {
  const parts = visibleParts('a\x01'.repeat(10_000));
  expect(parts).toEqual([{ text: 'a\\x01'.repeat(10_000), isEscaped: false }]);
});
