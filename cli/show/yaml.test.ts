import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { yamlOf } from './yaml.ts';

test.each([
  ['a plain text', 'hello'],
  ['several lines', 'one\ntwo\n'],
  ['what is like another type', ['true', '1', 'null', '2026-03-01', '~', '']],
  ['what a terminal obeys', { '\u202ekey': '\x1b[31m\r\nred\u202e\t\x85' }],
  ['lines among which one is obeyed', 'one\n\x1b[2J\nthree'],
])('%s has the same value, and nothing that a terminal obeys', (_name, value) => {
  const text = yamlOf({ value }, false);
  expect(parse(text)).toEqual({ value });
  expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
});

test('raw is as it is', () => {
  expect(yamlOf({ value: '\u202e' }, true)).toContain('\u202e');
});
