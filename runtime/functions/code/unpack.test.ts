import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { zipOf, zipOfFiles } from '../../../lib/archives/zip-builder.fixture.ts';
import { unpackArchive } from './unpack.ts';

const scratch = mkdtempSync(join(tmpdir(), 'vigia-test-'));
afterAll(() => rmSync(scratch, { recursive: true }));

let home = '';
let suite = 0;
beforeEach(() => {
  home = join(scratch, `home-${++suite}`);
  mkdirSync(home);
});

async function unpacked(bytes: Buffer) {
  const result = await unpackArchive(bytes, home);
  if (result.kind !== 'unpacked') throw new Error(`refused: ${result.rule}`);
  return result;
}

const everything = () => readdirSync(home, { recursive: true, encoding: 'utf8' }).sort();

test('files land in a directory named after the archive, plain files whatever they were', async () => {
  const archive = zipOf([
    { name: 'main.py', content: 'import lib.deep\n', mode: 0o104755 },
    { name: 'lib/deep.py', content: 'x = "é"\n', mode: 0 },
    { name: 'empty/', content: '', mode: 0o040000 },
  ]);
  const { directory, folder, files, sha256 } = await unpacked(archive);
  expect(directory).toBe(join(home, 'code', sha256));
  expect([folder, files]).toEqual([null, ['main.py', 'lib/deep.py']]);
  expect(readFileSync(join(directory, 'lib', 'deep.py'), 'utf8')).toBe('x = "é"\n');
  expect(statSync(join(directory, 'main.py')).mode & 0o7777).toBe(0o644 & ~process.umask());
  expect(statSync(join(directory, 'empty')).isDirectory()).toBe(true);
  expect(readdirSync(join(home, 'code'))).toEqual([sha256]);
});

test('one top-level folder stands for the root, whatever litter is beside it', async () => {
  const { folder, files } = await unpacked(
    zipOfFiles({ 'app/main.py': '', 'app/lib/a.py': '', '__MACOSX/app/._main.py': 'litter', '.DS_Store': 'litter' }),
  );
  expect([folder, files]).toEqual(['app', ['app/main.py', 'app/lib/a.py']]);
});

test.each([
  ['two folders', { 'a/x.py': '', 'b/y.py': '' }],
  ['a folder and a file', { 'a/x.py': '', 'README.md': '' }],
  ['one file', { 'main.py': '' }],
])('%s are their own root', async (_case, files) => {
  expect((await unpacked(zipOfFiles(files))).folder).toBeNull();
});

test('what is there already is used as it is, also when many unpack it at once', async () => {
  const archive = zipOfFiles({ 'main.py': 'x = 1\n', 'lib/a.py': '' });
  const results = await Promise.all(Array.from({ length: 8 }, () => unpacked(archive)));
  expect(new Set(results.map(({ directory }) => directory)).size).toBe(1);
  expect(everything()).toHaveLength(6);
  const mark = join(results[0]?.directory ?? '', 'mark');
  writeFileSync(mark, '');
  await unpacked(archive);
  expect(statSync(mark).isFile()).toBe(true);
});

test.each([
  ['a name that leaves it', { name: '../../evil.py', content: 'x' }],
  ['a link', { name: 'link', content: '/etc', mode: 0o120777 }],
  ['a bad CRC in its last entry', { name: 'last.py', content: 'x', central: { crc: 1 } }],
])('an archive with %s leaves nothing behind', async (_case, entry) => {
  const archive = zipOf([{ name: 'first.py', content: 'x = 1\n' }, entry]);
  expect((await unpackArchive(archive, home)).kind).toBe('refused');
  expect(everything().filter((name) => name !== 'code')).toEqual([]);
  expect(readdirSync(scratch)).not.toContain('evil.py');
});

test('a disk that refuses is an error of ours, not a refusal', async () => {
  writeFileSync(join(home, 'code'), 'a file where the folder should be');
  await expect(unpackArchive(zipOfFiles({ 'main.py': '' }), home)).rejects.toThrow(/ENOTDIR|EEXIST/);
});

test("its .js files are of the archive's own kind, not of a package above", async () => {
  const { directory } = await unpacked(zipOfFiles({ 'main.js': 'module.exports = {}' }));
  expect(readFileSync(join(directory, 'package.json'), 'utf8')).toBe('{}\n');
  const own = await unpacked(zipOfFiles({ 'main.js': '', 'package.json': '{"type":"module"}' }));
  expect(readFileSync(join(own.directory, 'package.json'), 'utf8')).toBe('{"type":"module"}');
});
