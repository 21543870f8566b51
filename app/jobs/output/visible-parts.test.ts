import { expect, test } from 'vitest';
import { visibleParts } from './visible-parts.ts';

test('what was escaped is told apart from what was written so', () => {
  expect(visibleParts('\\x1b\x1b\u202e\tred\r\n')).toEqual([
    { text: '\\x1b', isEscaped: false },
    { text: '\\x1b\\u202e', isEscaped: true },
    { text: '\tred\n', isEscaped: false },
  ]);
});

test('a text of nothing but controls stays few elements', () => {
  const parts = visibleParts('a\x01'.repeat(10_000));
  expect(parts).toEqual([{ text: 'a\\x01'.repeat(10_000), isEscaped: false }]);
});
