import { describe, expect, test } from 'vitest';
import { archivers, type Files } from '../../../e2e/support/archives.ts';
import { archivesSuite, flat, helper, says, usesHelper } from './archive-source.fixture.ts';

const { returned, failure } = archivesSuite();

describe.each(Object.keys(archivers))('archives made by %s', (name) => {
  const archiver = name === 'zip' ? 'zip' : 'python';
  test.each<[string, Files]>([
    ['flat', flat],
    ['in one folder', { 'app/main.py': usesHelper('from helper import value'), 'app/helper.py': helper }],
    [
      'a package with relative imports',
      { 'app/__init__.py': '', 'app/main.py': usesHelper('from .helper import value'), 'app/helper.py': helper },
    ],
    [
      'a package that imports itself by name',
      { 'app/__init__.py': '', 'app/main.py': usesHelper('from app.helper import value'), 'app/helper.py': helper },
    ],
    [
      'a package whose modules import each other bare',
      { 'app/__init__.py': '', 'app/main.py': usesHelper('from helper import value'), 'app/helper.py': helper },
    ],
    [
      'a folder without __init__.py, imported by name',
      { 'app/main.py': usesHelper('from app.helper import value'), 'app/helper.py': helper },
    ],
    [
      'a package beside the module that uses it',
      {
        'main.py': usesHelper('from lib.deep.helper import value'),
        'lib/__init__.py': '',
        'lib/deep/__init__.py': '',
        'lib/deep/helper.py': 'from ..base import value\n',
        'lib/base.py': helper,
      },
    ],
    [
      'with an __init__.py at its top and a name that Python uses itself',
      { '__init__.py': '', 'types.py': usesHelper('from helper import value'), 'helper.py': helper },
    ],
    ['with names that are not ASCII', { 'main.py': usesHelper('from größe import value'), 'größe.py': helper }],
  ])('%s', async (_case, files) => {
    expect(await returned(files, {}, archiver)).toEqual({ from: 'helper' });
  });
});

describe('JavaScript and TypeScript', () => {
  const commonJs = "const { value } = require('./lib/value');\nmodule.exports.handler = () => ({ from: value });\n";
  const esm = "import { value } from './lib/value.js';\nexport const handler = () => ({ from: value });\n";
  const typed =
    "import { value } from './lib/value.ts';\nexport function handler(event: { n: number }): { from: string } {\n  return { from: value };\n}\n";
  test.each<[string, Files, Record<string, string>]>([
    ['ES modules', { 'main.js': esm, 'lib/value.js': 'export const value = "it";' }, {}],
    ['CommonJS', { 'main.js': commonJs, 'lib/value.js': 'exports.value = "it";' }, {}],
    [
      'ES modules by package.json',
      { 'main.js': esm, 'lib/value.js': 'export const value = "it";', 'package.json': '{"type":"module"}' },
      {},
    ],
    [
      'CommonJS by package.json, in one folder',
      {
        'app/main.js': commonJs,
        'app/lib/value.js': 'exports.value = "it";',
        'app/package.json': '{"type":"commonjs"}',
      },
      {},
    ],
    ['.mjs', { 'main.mjs': esm, 'lib/value.js': 'export const value = "it";' }, {}],
    ['.cjs', { 'main.cjs': commonJs, 'lib/value.js': 'exports.value = "it";' }, {}],
    ['TypeScript', { 'main.ts': typed, 'lib/value.ts': 'export const value: string = "it";' }, {}],
    [
      'TypeScript in one folder, by name',
      { 'app/work.ts': typed, 'app/lib/value.ts': 'export const value: string = "it";' },
      { FUNCTION_HANDLER: 'work.handler' },
    ],
    [
      'the only file that exports it',
      {
        'a.js': 'const handler = 1; export const other = 2;',
        'b.js': 'export const handler = () => ({ from: "it" });',
      },
      {},
    ],
    ['a default export', { 'a.js': 'export const other = 2;', 'b.js': 'export default () => ({ from: "it" });' }, {}],
    [
      'a path with a function',
      { 'src/work.js': 'export const run = () => ({ from: "it" });', 'b.js': '' },
      { FUNCTION_HANDLER: 'src/work.js:run' },
    ],
    [
      'a folder with an index',
      { 'work/index.js': 'exports.run = () => ({ from: "it" });', 'b.js': '' },
      { FUNCTION_HANDLER: 'work.run' },
    ],
    [
      'beside Python, when it is the language',
      { 'main.py': says('python'), 'main.js': 'export const handler = () => ({ from: "it" });' },
      { FUNCTION_LANGUAGE: 'javascript' },
    ],
    [
      'its packages',
      {
        'main.js': 'import { value } from "dep";\nexport const handler = () => ({ from: value });',
        'node_modules/dep/package.json': '{"name":"dep","type":"module","main":"index.js"}',
        'node_modules/dep/index.js': 'export const value = "it"; export const handler = 1;',
      },
      {},
    ],
  ])('%s', async (_case, files, settings) => {
    expect(await returned(files, settings)).toEqual({ from: 'it' });
  });

  test('two that export it are an error that names both', async () => {
    const files = { 'a.ts': 'export const handler = 1;', 'b.ts': 'export function handler() {}' };
    expect(await failure(files)).toMatch(/^both a\.ts and b\.ts/);
  });
});
