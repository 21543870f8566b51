import { describe, expect, test } from 'vitest';
import { file, python, triesSuite } from './tries.fixture.ts';

const { atRest, archive, folders } = triesSuite();

describe('a failure names the line', () => {
  const cases = [
    [
      'a Python exception',
      file('python', 'def handler(event, context):\n    x = 1\n    raise KeyError("gone")\n'),
      'invocation',
      "KeyError: 'gone'",
      'usermodule.py',
      3,
    ],
    [
      'a Python syntax error',
      file('python', 'def handler(event, context):\n    x = = 1\n'),
      'init',
      'SyntaxError: invalid syntax',
      'usermodule.py',
      2,
    ],
    [
      'a Python error while it loads',
      file('python', 'import json\n\n\nimport nowhere_to_be_found\n'),
      'init',
      "ModuleNotFoundError: No module named 'nowhere_to_be_found'",
      'usermodule.py',
      4,
    ],
    [
      'a TypeScript exception',
      file(
        'typescript',
        'type A = { x: number };\nexport function handler(event: A): A {\n  throw new RangeError(String(event.x));\n}\n',
      ),
      'invocation',
      'RangeError: 20',
      'usermodule.mts',
      3,
    ],
    [
      'a TypeScript syntax error',
      file('typescript', 'export function handler(event: { x: number }) {\n  const x: number = ;\n}\n'),
      'init',
      'SyntaxError: Expression expected',
      'usermodule.mts',
      2,
    ],
    [
      'a mistake that only V8 finds in TypeScript',
      file(
        'typescript',
        'export function handler(event: { x: number }) {\n  let x = 1;\n  let x = 2;\n  return { x };\n}\n',
      ),
      'init',
      "SyntaxError: Identifier 'x' has already been declared",
      'usermodule.mts',
      3,
    ],
    [
      'a JavaScript syntax error',
      file('javascript', 'export function handler(event) {\n\n  return {;\n}\n'),
      'init',
      "SyntaxError: Unexpected token ';'",
      'usermodule.mjs',
      3,
    ],
  ] as const;
  test.each(cases)('%s', async (_name, code, kind, message, name, line) => {
    const { tryIt } = await atRest();
    const { outcome, failure, tookMs } = await tryIt({ code });
    expect(outcome).toBe('failed');
    expect(failure).toMatchObject({ kind, message: expect.stringContaining(message), file: name, line });
    expect(failure?.traceback).not.toContain('vigia-try-');
    expect(tookMs === null).toBe(kind === 'init');
    expect(folders()).toEqual([]);
  });

  test('in the file of an archive that it is in', async () => {
    const { tryIt } = await atRest();
    const deep = await archive({
      'main.py': 'from rates import of\ndef handler(event, context):\n    return of(event)\n',
      'rates.py': '\n\ndef of(event):\n    return 1 / 0\n',
    });
    expect((await tryIt({ code: { kind: 'archive', bytes: deep } })).failure).toMatchObject({
      file: 'rates.py',
      line: 4,
    });
    const unreadable = await archive({
      'main.mjs': "import { of } from './rates.mjs';\nexport const handler = (event) => of(event);\n",
      'rates.mjs': 'export const of = () => {\n  return 1 1;\n};\n',
    });
    expect((await tryIt({ code: { kind: 'archive', bytes: unreadable } })).failure).toMatchObject({
      kind: 'init',
      file: 'rates.mjs',
      line: 2,
    });
  });

  test('not of what has none', async () => {
    const { tryIt } = await atRest();
    const { failure } = await tryIt({ code: python('def handler(event, context):\n    return {"x": float("nan")}\n') });
    expect(failure).toEqual({ kind: 'bad-result', message: 'nan at $.x' });
    expect((await tryIt({ code: python('x = 1\n') })).failure?.message).toContain("no function called 'handler'");
    const { outcome } = await tryIt({ code: python('import os\ndef handler(event, context):\n    os._exit(3)\n') });
    expect(outcome).toBe('failed');
  });
});
