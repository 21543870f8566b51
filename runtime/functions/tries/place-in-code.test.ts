import { describe, expect, test } from 'vitest';
import { placeIn, withoutRoot } from './place-in-code.ts';

const ROOT = '/tmp/vigia-try-x1';

describe('the innermost frame of the user’s own code', () => {
  test.each([
    [
      'a call in another file',
      `  File "${ROOT}/main.py", line 4, in handler\n  File "${ROOT}/rates.py", line 9, in of\nKeyError: 'x'`,
      { file: 'rates.py', line: 9 },
    ],
    [
      'a call into a package',
      `  File "${ROOT}/main.py", line 4, in handler\n  File "/usr/lib/python3/json/__init__.py", line 346, in loads\n`,
      { file: 'main.py', line: 4 },
    ],
    [
      'a package that the archive brings along',
      `  File "${ROOT}/main.py", line 4, in handler\n  File "${ROOT}/site-packages/a.py", line 1, in a\n`,
      { file: 'main.py', line: 4 },
    ],
    [
      'an exception group',
      `  + Exception Group Traceback (most recent call last):\n  |   File "${ROOT}/main.py", line 4, in handler\n`,
      { file: 'main.py', line: 4 },
    ],
    ['nothing of the user’s', '  File "/usr/lib/python3/a.py", line 1, in a\n', null],
    ['a message that only looks like a frame', `ValueError: File "${ROOT}/main.py", line 4`, null],
  ])('Python: %s', (_name, traceback, place) => {
    expect(placeIn('python', traceback, ROOT)).toEqual(place);
  });

  test.each([
    [
      'a function',
      `TypeError: x\n    at deep (file://${ROOT}/lib/c.mts:3:9)\n    at handler (file://${ROOT}/b.mts:4:10)`,
      { file: 'lib/c.mts', line: 3 },
    ],
    ['the top of a module', `TypeError: x\n    at file://${ROOT}/f.mjs:4:6`, { file: 'f.mjs', line: 4 }],
    ['an asynchronous call', `TypeError: x\n    at async file://${ROOT}/f.mjs:4:6`, { file: 'f.mjs', line: 4 }],
    ['CommonJS', `TypeError: x\n    at exports.handler (${ROOT}/h.cjs:2:5)`, { file: 'h.cjs', line: 2 }],
    [
      'a syntax error',
      `file://${ROOT}/a.mts:2\n  const x = ;\n            ^\n\nSyntaxError: Expression expected`,
      { file: 'a.mts', line: 2 },
    ],
    ['a syntax error in CommonJS', `${ROOT}/h.cjs:2\n  return 1 1;\n`, { file: 'h.cjs', line: 2 }],
    [
      'a name that a URL spells differently',
      `TypeError: x\n    at handler (file://${ROOT}/a%20b.mjs:1:1)`,
      { file: 'a b.mjs', line: 1 },
    ],
    [
      'a package',
      `TypeError: x\n    at a (file://${ROOT}/node_modules/a/i.js:1:1)\n    at handler (file://${ROOT}/m.mjs:7:1)`,
      { file: 'm.mjs', line: 7 },
    ],
    ['nothing of the user’s', 'TypeError: x\n    at a (file:///usr/a.js:1:1)', null],
  ])('JavaScript: %s', (_name, traceback, place) => {
    expect(placeIn('javascript', traceback, ROOT)).toEqual(place);
  });
});

test('a reader is not told of our folders', () => {
  expect(withoutRoot(`  File "${ROOT}/main.py", line 4\n at file://${ROOT}/f.mjs:4:6`, ROOT)).toBe(
    '  File "main.py", line 4\n at f.mjs:4:6',
  );
});
