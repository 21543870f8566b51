import { expect, test } from 'vitest';
import { lineOf } from './place-of.ts';

test.each([
  [
    'a traceback of Python',
    { message: 'KeyError: 1', traceback: 'File "usermodule.py", line 3, in f\n line 9, in g' },
    9,
  ],
  [
    'a stack of JavaScript',
    { message: 'TypeError', traceback: 'at f (/x/usermodule.mjs:4:7)\n at usermodule.mjs:9:1' },
    4,
  ],
  ['a message alone', { message: 'SyntaxError, line 14' }, 14],
  ['neither', { message: 'no function called handler' }, null],
])('%s', (_name, failure, line) => {
  expect(lineOf({ kind: 'init', ...failure })).toBe(line);
});
