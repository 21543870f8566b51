import { describe, expect, test } from 'vitest';
import type { Files } from '../../../e2e/support/archives.ts';
import { archivesSuite, says } from './archive-source.fixture.ts';

const { returned, failure } = archivesSuite();

describe('how a handler is named', () => {
  const many = {
    'main.py': says('main', 'run') + says('main'),
    'other.py': says('other', 'run'),
    'pkg/__init__.py': says('pkg', 'packaged'),
    'pkg/deep.py': `from . import packaged\n${says('deep', 'run')}`,
    'scripts/tool.py': `import beside\n${says('tool', 'run')}`,
    'scripts/beside.py': '',
  };
  test.each<[Record<string, string>, string]>([
    [{}, 'main'],
    [{ FUNCTION_HANDLER: 'packaged' }, 'pkg'],
    [{ FUNCTION_HANDLER: 'other.run' }, 'other'],
    [{ FUNCTION_HANDLER: 'pkg.deep.run' }, 'deep'],
    [{ FUNCTION_HANDLER: 'pkg.packaged' }, 'pkg'],
    [{ FUNCTION_HANDLER: 'pkg/deep.py:run' }, 'deep'],
    [{ FUNCTION_HANDLER: './pkg/deep.py:run' }, 'deep'],
    [{ FUNCTION_HANDLER: 'pkg.deep:run' }, 'deep'],
    [{ FUNCTION_HANDLER: 'scripts/tool.py:run' }, 'tool'],
    [{ FUNCTION_HANDLER: 'run', ZIP_ENTRY_FILE: 'other.py' }, 'other'],
    [{ FUNCTION_HANDLER: 'run', ZIP_ENTRY_FILE: 'other' }, 'other'],
    [{ FUNCTION_HANDLER: 'run', ZIP_ENTRY_RELATIVE_FILE_PATH: 'pkg/deep.py' }, 'deep'],
    [{ FUNCTION_HANDLER: 'run', ZIPPED_MODULE_NAME: 'pkg.deep' }, 'deep'],
    [{ FUNCTION_HANDLER: 'run', ZIP_ENTRY_FILE: 'pkg/deep' }, 'deep'],
    [{ FUNCTION_HANDLER: 'packaged', ZIP_ENTRY_FILE: 'pkg' }, 'pkg'],
    [{ FUNCTION_HANDLER: 'run', ZIP_ENTRY_FILE: 'scripts/tool' }, 'tool'],
  ])('%j in a flat archive, and below one folder', async (settings, from) => {
    expect(await returned(many, settings)).toEqual({ from });
    const below = Object.fromEntries(Object.entries(many).map(([name, text]) => [`top/${name}`, text]));
    expect(await returned(below, settings)).toEqual({ from });
  });

  test('the one folder may be named or left out', async () => {
    const files = { 'app/__init__.py': '', 'app/core.py': says('core', 'run'), 'app/x.py': says('x', 'run') };
    for (const handler of ['core.run', 'app.core.run', 'app/core.py:run', 'core.py:run']) {
      expect(await returned(files, { FUNCTION_HANDLER: handler })).toEqual({ from: 'core' });
    }
    const plain = { 'app/core.py': says('core', 'run'), 'app/x.py': says('x', 'run') };
    expect(await returned(plain, { FUNCTION_HANDLER: 'app.core.run' })).toEqual({ from: 'core' });
  });
});

describe('a bare name', () => {
  const usual = ['main', 'handler', 'usermodule', 'function'];
  test.each(usual.map((_name, index) => usual.slice(index)))('is looked for in %s first', async (...names) => {
    const files = Object.fromEntries(['aaa', ...names].map((name) => [`${name}.py`, says(name)]));
    expect(await returned(files)).toEqual({ from: names[0] });
  });

  test.each<[string, Files, string]>([
    ['passes a usual module that lacks it', { 'main.py': 'x = 1\n', 'deep/work.py': says('work') }, 'work'],
    [
      'is where it is defined, not where it is imported',
      { 'a.py': 'from b import handler\n', 'b.py': says('b'), 'c.py': 'import b\n' },
      'b',
    ],
    [
      'may be imported by a usual module',
      { 'main.py': 'from b import handler\n', 'b.py': says('b'), 'c.py': says('c') },
      'b',
    ],
    ['may be assigned', { 'a.py': 'handler = lambda event, context: {"from": "lambda"}\n', 'b.py': '' }, 'lambda'],
    [
      'may be defined in a try',
      {
        'a.py': `try:\n    import nothing_of_this_name\nexcept ImportError:\n    ${says('try').replace('\n ', '\n     ')}`,
        'b.py': '',
      },
      'try',
    ],
    [
      'is not what only runs as a script, or lies in a class',
      {
        'a.py': `if __name__ == "__main__":\n    handler = 1\n`,
        'b.py': 'class C:\n    def handler(self):\n        pass\n',
        'c.py': says('c'),
      },
      'c',
    ],
  ])('%s', async (_case, files, from) => {
    expect(await returned(files)).toEqual({ from });
  });

  test('in two modules is an error that names both', async () => {
    expect(await failure({ 'a.py': says('a'), 'lib/b.py': says('b'), 'c.py': '' })).toBe(
      "both a.py and lib/b.py have a function called 'handler'; name one with ZIP_ENTRY_FILE",
    );
  });

  test('in no module is an error that lists what there is', async () => {
    const files = { 'main.py': 'def run(): pass\nLIMIT = 3\n', 'a.py': '', 'bad.py': 'def broken(:\n' };
    expect(await failure(files)).toMatch(
      /^no module of the archive has a function called 'handler' at its top level; it has: main\.py \(run, LIMIT\), a\.py \(nothing\), bad\.py \(SyntaxError in line 1: .*\)$/,
    );
  });
});

describe('archives without a usable entry', () => {
  test.each<[string, Files, Record<string, string>, string | RegExp]>([
    ['no module', { 'README.md': 'hello' }, {}, 'the archive holds no module'],
    [
      'a missing entry',
      { 'a.py': '', 'b.py': '' },
      { ZIP_ENTRY_FILE: 'main.py' },
      'ZIP_ENTRY_FILE is main.py, but the archive has no such module; it has: a.py, b.py',
    ],
    [
      'an entry outside',
      { 'a.py': '' },
      { ZIP_ENTRY_FILE: '../../../etc/passwd.py' },
      /^ZIP_ENTRY_FILE is .*, but the archive has no such module/,
    ],
    ['a missing module', { 'a.py': '' }, { FUNCTION_HANDLER: 'b.run' }, /^FUNCTION_HANDLER is b\.run, but/],
    ['a name that is none', { 'a.py': '' }, { FUNCTION_HANDLER: 'a.py:' }, /it names no function$/],
    [
      'two languages',
      { 'main.py': says('py'), 'main.js': 'export const handler = 1' },
      {},
      /^both main\.py and main\.js/,
    ],
    ['two languages, named', { 'a.py': '', 'a.js': '' }, { ZIP_ENTRY_FILE: 'a' }, /that can be a\.py or a\.js$/],
    [
      'another language',
      { 'a.py': '' },
      { FUNCTION_LANGUAGE: 'javascript' },
      'the archive holds no module in javascript',
    ],
  ])('%s', async (_case, files, settings, reason) => {
    const said = await failure(files, settings);
    if (typeof reason === 'string') expect(said).toBe(reason);
    else expect(said).toMatch(reason);
  });

  test('a folder with the name of a module of Python says so', async () => {
    const files = { 'json/__init__.py': '', 'json/work.py': says('work'), 'README.md': '' };
    await expect(returned(files, { FUNCTION_HANDLER: 'json.work.handler' })).rejects.toThrow(/json/);
  });

  test('a handler that the entry lacks is named by its host', async () => {
    await expect(returned({ 'main.py': says('main', 'run') })).rejects.toThrow(
      /no function called 'handler'; it has: run/,
    );
  });
});
