import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { describeRefusal } from '#lib/archives/refusal';
import { type Config, loadConfig } from '#lib/config';
import { archiveOf, archivers, type Files } from '../../../e2e/support/archives.ts';
import { Hosts } from '../hosts/hosts.ts';
import { ArchiveSource } from './archive-source.ts';
import type { Code } from './code.ts';
import { codeInArchive } from './code-in-archive.ts';
import { unpackArchive } from './unpack.ts';

const scratch = mkdtempSync(join(tmpdir(), 'vigia-test-'));
const env = { PATH: process.env.PATH ?? '' };
const hosts = new Hosts({ python: 'python3', env });
afterAll(async () => {
  await hosts[Symbol.asyncDispose]();
  rmSync(scratch, { recursive: true });
});

let made = 0;

/** What a declared archive of these files comes to. */
async function look(files: Files, settings: Record<string, string> = {}, archiver?: keyof typeof archivers) {
  const home = join(scratch, `${++made}`);
  const bytes = await archiveOf(files, join(home, 'source'), archiver);
  const config = loadConfig({ ...env, VIGIA_HOME: home, FUNCTION_ZIP_BASE64: bytes.toString('base64'), ...settings });
  return await codeOf(config);
}

type Found = { kind: 'code'; code: Code } | { kind: 'failed'; reason: string };

/** What the declared archive comes to on this machine. */
async function codeOf(config: Config): Promise<Found> {
  const { archive, handler, language = null } = config.function;
  if (archive === undefined) throw new Error('no archive is declared');
  const source = new ArchiveSource(archive);
  const look = await source.look(new AbortController().signal);
  if (look.kind !== 'found') return { kind: 'failed', reason: look.kind === 'failed' ? look.reason : look.kind };
  const unpacked = await unpackArchive(look.bytes, config.home);
  if (unpacked.kind === 'refused') return { kind: 'failed', reason: describeRefusal(unpacked) };
  const question = { handler, entry: archive.entryFile ?? null, language, label: source.label };
  const found = await codeInArchive(unpacked, question, config);
  return 'code' in found ? { kind: 'code', code: found.code } : { kind: 'failed', reason: found.reason };
}

/** What the handler of such an archive returns, in a real host. */
async function returned(files: Files, settings: Record<string, string> = {}, archiver?: keyof typeof archivers) {
  const found = await look(files, settings, archiver);
  if (found.kind === 'failed') throw new Error(found.reason);
  const { language, path, handler, imports } = found.code;
  const order = { name: 'f', isolation: 'own' as const, language, path, handler, imports, log: () => {} };
  await using host = await hosts.start(order);
  const failure = await host.load(15_000);
  if (failure !== null) throw new Error(failure.message);
  const outcome = await host.invoke(Buffer.from('{"n": 1}'), 10_000);
  return outcome.kind === 'result' ? JSON.parse(outcome.text) : outcome;
}

async function failure(files: Files, settings: Record<string, string> = {}): Promise<string> {
  const found = await look(files, settings);
  return found.kind === 'failed' ? found.reason : `found ${found.code.source}`;
}

const says = (what: string, name = 'handler') => `def ${name}(event, context):\n    return {"from": "${what}"}\n`;
const helper = 'def value():\n    return "helper"\n';
const usesHelper = (how: string) => `${how}\n\ndef handler(event, context):\n    return {"from": value()}\n`;
const flat = { 'main.py': usesHelper('from helper import value'), 'helper.py': helper };

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

describe('where an archive may be', () => {
  async function lookAt(settings: Record<string, string>, home = join(scratch, `${++made}`)) {
    const config = loadConfig({ ...env, VIGIA_HOME: home, ...settings });
    return await codeOf(config);
  }

  test('base64 in lines, with spaces, url-safe or as a data: URL', async () => {
    const bytes = await archiveOf(flat, join(scratch, `${++made}`));
    const text = bytes.toString('base64');
    const lines = text.replace(/.{76}/g, '$&\r\n');
    for (const spelling of [
      text,
      lines,
      ` ${lines}\n`,
      `data:application/zip;base64,${text}`,
      bytes.toString('base64url'),
    ]) {
      expect(await lookAt({ FUNCTION_ZIP_BASE64: spelling })).toMatchObject({
        kind: 'code',
        code: { source: 'FUNCTION_ZIP_BASE64 (main.py)', version: expect.stringMatching(/^[0-9a-f]{7}$/) },
      });
    }
  });

  test('a mounted file', async () => {
    const folder = join(scratch, `${++made}`);
    await archiveOf(flat, folder);
    const path = join(folder, 'code.zip');
    expect(await lookAt({ ZIP_PATH: path })).toMatchObject({ kind: 'code', code: { source: `${path} (main.py)` } });
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['not base64', { FUNCTION_ZIP_BASE64: 'not%base64' }, /^not base64$/],
    ['not a zip', { FUNCTION_ZIP_BASE64: Buffer.from('hello').toString('base64') }, /^not a zip archive$/],
    ['no file', { FUNCTION_ZIP: join(scratch, 'missing.zip') }, /ENOENT/],
    ['a folder', { FUNCTION_ZIP: scratch }, /^not a file$|EISDIR/],
    ['a device', { FUNCTION_ZIP: '/dev/zero' }, /^not a file$/],
    ['file:', { FUNCTION_ZIP: 'file:///etc/passwd' }, /^file: is not accepted/],
    ['the metadata service', { FUNCTION_ZIP: 'http://169.254.169.254/x' }, /is a cloud's metadata service/],
  ])('%s says why not', async (_case, settings, reason) => {
    expect(await lookAt(settings)).toEqual({ kind: 'failed', reason: expect.stringMatching(reason) });
  });

  test('a changed file is a new version, the same one is not', async () => {
    const folder = join(scratch, `${++made}`);
    const path = join(folder, 'code.zip');
    await archiveOf({ 'main.py': says('one') }, folder);
    const { archive } = loadConfig({ ...env, VIGIA_HOME: folder, FUNCTION_ZIP: path }).function;
    if (archive === undefined) throw new Error('no archive is declared');
    const source = new ArchiveSource(archive);
    const { signal } = new AbortController();
    const first = await source.look(signal);
    expect(first.kind).toBe('found');
    expect(await source.look(signal)).toEqual({ kind: 'unchanged' });
    const next = await archiveOf({ 'main.py': says('two') }, join(folder, 'next'));
    writeFileSync(path, next);
    expect(await source.look(signal)).toMatchObject({ kind: 'found', bytes: next });
  });
});
