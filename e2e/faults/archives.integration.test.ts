import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type FakeEntry, zipOf, zipOfFiles } from '#lib/archives/zip-builder.fixture';
import { loadConfig } from '#lib/config';
import { ArchiveSource } from '#runtime/functions/code/archive-source';
import { startFunctionsRole } from '#runtime/functions/role';
import { startChild } from '#runtime/supervise/child';
import { limit } from '../support/limit.ts';
import { roleSuite } from '../support/role-suite.ts';
import type { LiveResult } from '../support/role-under-test.ts';

const suite = roleSuite();
const { open, scratch } = suite;

const MIB = 1024 * 1024;
const main: FakeEntry = { name: 'main.py', content: 'def handler(event, context):\n    return {}\n' };
const evil = (entry: Partial<FakeEntry>): Buffer => zipOf([main, { name: 'evil.py', content: 'x = 1\n', ...entry }]);
const named = (...names: string[]): Buffer => zipOf([main, ...names.map((name) => ({ name, content: 'x = 1\n' }))]);
const many = (count: number): Buffer =>
  zipOf(Array.from({ length: count }, (_, index) => ({ name: `${index}.py`, data: Buffer.alloc(0) })));

/** 10 GiB of zeros in 10 MB: one deflated block again and again. */
function bomb(): Buffer {
  const block = deflateRawSync(Buffer.alloc(32 * MIB), { finishFlush: constants.Z_FULL_FLUSH, level: 9 });
  return Buffer.concat([...Array.from({ length: 320 }, () => block), Buffer.from([3, 0])]);
}

/** Three honest entries of 32 MiB, and a last one that holds 10 GiB. */
function lateBomb(): Buffer {
  const content = Buffer.alloc(32 * MIB);
  const [data, crc] = [deflateRawSync(content, { level: 9 }), crc32(content)];
  const honest = [1, 2, 3].map((n) => ({ name: `${n}`, data, central: { size: content.length, crc } }));
  return zipOf([main, ...honest, { name: 'last', data: bomb(), central: { size: 31 * MIB } }]);
}

/** Entries that are all made of the same bytes of the archive, as in a bomb that does not recurse. */
function overlapping(): Buffer {
  const data = deflateRawSync(Buffer.alloc(32 * MIB), { level: 9 });
  const shared = Array.from({ length: 1_500 }, (_, index) => ({
    name: `${String(index).padStart(5, '0')}`,
    data: index === 0 ? data : Buffer.alloc(0),
    central: { size: MIB, compressedSize: data.length, crc: 0, ...(index === 0 ? {} : { offset: 0 }) },
  }));
  return zipOf(shared);
}

const tricks: [string, () => Buffer, RegExp][] = [
  ['a name that climbs out', () => named('../evil.py'), /^\.\.\/evil\.py: "\.\." in the name$/],
  ['a name that climbs out later', () => named('a/../../evil.py'), /"\.\." in the name$/],
  ['an absolute name', () => named('/tmp/evil.py'), /^\/tmp\/evil\.py: an absolute name$/],
  ['a drive', () => named('C:/evil.py'), /a drive letter in the name$/],
  ['a backslash', () => named('..\\evil.py'), /a "\\" in the name$/],
  ['a NUL', () => named('evil.py\0.txt'), /^evil\.py\\u\{0\}\.txt: a NUL in the name$/],
  ['a name of 241 bytes', () => named(`${'é'.repeat(120)}x`), /a name longer than 240 bytes$/],
  ['a name twice', () => named('a.py', 'a.py'), /^a\.py: its name is there twice$/],
  ['names that differ in case', () => named('A.py', 'a.py'), /^a\.py: its name differs from A\.py only in case$/],
  ['folders that differ in case', () => named('Lib/a.py', 'lib/b.py'), /only in case$/],
  ['names that differ in form', () => named('caf\u00e9.py', 'cafe\u0301.py'), /only in Unicode form$/],
  ['a file that is also a folder', () => named('a', 'a/b.py'), /both a file and a folder$/],
  ['a link', () => evil({ content: '/etc/passwd', mode: 0o120777 }), /^evil\.py: a symbolic link$/],
  ['a device', () => evil({ mode: 0o020666 }), /^evil\.py: a device$/],
  ['a disk', () => evil({ mode: 0o060666 }), /^evil\.py: a device$/],
  ['a pipe', () => evil({ mode: 0o010666 }), /^evil\.py: a named pipe$/],
  ['a socket', () => evil({ mode: 0o140666 }), /^evil\.py: a socket$/],
  ['an encrypted entry', () => evil({ central: { flags: 0x0801 } }), /^evil\.py: encrypted$/],
  ['a bad CRC', () => evil({ central: { crc: 1 } }), /^evil\.py: a bad CRC$/],
  ['fewer bytes than declared', () => evil({ central: { size: 99 } }), /^evil\.py: .*another number of bytes/],
  [
    'more bytes than declared',
    () => evil({ central: { size: 2 } }),
    /^evil\.py: it holds more bytes than it declares$/,
  ],
  ['two sizes', () => evil({ local: { size: 3 } }), /^evil\.py: .*two sizes$/],
  [
    'a bomb that says so',
    () => evil({ data: bomb(), central: { size: 0xfffffffe } }),
    /^evil\.py: larger than 32 MiB$/,
  ],
  ['a bomb that lies', () => evil({ data: bomb(), central: { size: 32 * MIB } }), /^evil\.py: it holds more bytes/],
  ['a bomb at the end', lateBomb, /^last: it holds more bytes than it declares$/],
  ['entries that overlap', overlapping, /two names$|overlaps/],
  ['70,000 entries', () => many(70_000), /entries|zip64/],
  ['2,001 entries', () => many(2_001), /^more than 2000 entries$/],
];

/** Everything below a folder, with the content of what is small. */
function everything(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const found = statSync(join(folder, name));
      return `${name} ${found.isFile() ? readFileSync(join(folder, name), 'base64').slice(0, 1_000) : 'folder'}`;
    });
}

describe('an archive that is refused leaves everything as it was', () => {
  test.each(tricks)('%s', async (name, archive, reason) => {
    const world = join(scratch, name.replaceAll(/\W/g, '-'));
    const home = join(world, 'home');
    mkdirSync(home, { recursive: true });
    const bytes = archive();
    writeFileSync(join(world, 'code.zip'), bytes);
    const config = loadConfig({
      VIGIA_HOME: home,
      FUNCTION_ZIP: join(world, 'code.zip'),
      PATH: process.env.PATH ?? '',
    });
    if (config.function.archive === undefined) throw new Error('no archive is declared');
    const before = everything(world);
    const startedAt = performance.now();
    const look = await new ArchiveSource(config.function.archive).look(new AbortController().signal);
    expect(look).toEqual({ kind: 'failed', reason: expect.stringMatching(reason) });
    expect(performance.now() - startedAt).toBeLessThan(limit(5_000));
    // The folder for code may have been made; nothing is in it.
    expect(everything(world).filter((line) => line !== 'home/code folder')).toEqual(before);
  });

  test.each([
    ['a bomb at the end', lateBomb],
    ['entries that overlap', overlapping],
  ])('%s takes less than 64 MiB to refuse, with all that is written before', async (name, archive) => {
    const path = join(scratch, `${name.replaceAll(' ', '-')}.zip`);
    writeFileSync(path, archive());
    const unpack = JSON.stringify(new URL('../../runtime/functions/code/unpack.ts', import.meta.url).pathname);
    const program = `
      import { readFileSync } from 'node:fs';
      const { unpackArchive } = await import(${unpack});
      const home = ${JSON.stringify(join(scratch, `home of ${name}`))};
      const bytes = readFileSync(${JSON.stringify(path)});
      await unpackArchive(Buffer.from('not a zip, only to warm up'), home);
      gc();
      const before = process.resourceUsage().maxRSS;
      const { kind } = await unpackArchive(bytes, home);
      console.log(JSON.stringify({ kind, grownMiB: (process.resourceUsage().maxRSS - before) / 1024 }));
    `;
    const args = ['--input-type=module-typescript', '--expose-gc', '-e', program];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname });
    const { kind, grownMiB } = JSON.parse(stdout);
    expect([kind, grownMiB]).toEqual(['refused', expect.any(Number)]);
    expect(grownMiB).toBeLessThan(64);
  });

  test('one whose unpacking was killed half-way is unpacked anew, whole', async () => {
    const home = join(scratch, 'killed');
    const path = join(scratch, 'killed.zip');
    const files = Object.fromEntries(Array.from({ length: 1_500 }, (_, index) => [`m${index}.py`, `x = ${index}\n`]));
    const bytes = zipOfFiles({ ...files, 'main.py': 'def handler(event, context):\n    return {}\n' });
    writeFileSync(path, bytes);
    const source = JSON.stringify(new URL('../../runtime/functions/code/unpack.ts', import.meta.url).pathname);
    // It kills itself when it writes the 700th of the files.
    const program = `
      import { readFileSync } from 'node:fs';
      import files from 'node:fs/promises';
      import { syncBuiltinESMExports } from 'node:module';
      const { writeFile } = files;
      let written = 0;
      files.writeFile = (...args) => (++written === 700 ? process.kill(process.pid, 'SIGKILL') : writeFile(...args));
      syncBuiltinESMExports();
      const { unpackArchive } = await import(${source});
      await unpackArchive(readFileSync(${JSON.stringify(path)}), ${JSON.stringify(home)});
    `;
    const args = ['--input-type=module-typescript', '-e', program];
    const env = { PATH: process.env.PATH ?? '' };
    const child = await startChild({ command: process.execPath, args, env, link: 'none' });
    expect((await child.exited).signal).toBe('SIGKILL');
    const [left = '', ...others] = readdirSync(join(home, 'code'));
    expect([left, others]).toEqual([expect.stringMatching(/\.new$/), []]);
    expect(readdirSync(join(home, 'code', left)).length).toBeGreaterThan(600);
    const { unpackArchive } = await import('#runtime/functions/code/unpack');
    const unpacked = await unpackArchive(bytes, home);
    if (unpacked.kind !== 'unpacked') throw new Error(unpacked.rule);
    expect(readdirSync(unpacked.directory).length).toBe(1_502);
  });
});

describe('an update that does not arrive whole', () => {
  const says = (what: string) => `def handler(event, context):\n    return {"from": "${what}", "x": 20.0}\n`;
  const [one, two] = [zipOfFiles({ 'main.py': says('one') }), zipOfFiles({ 'main.py': says('two'), 'b.py': '' })];

  type Update = { name: string; answer(response: ServerResponse): void; reason: RegExp };
  const updates: Update[] = [
    {
      name: 'cut off',
      answer(response) {
        response.writeHead(200, { 'content-length': two.length });
        response.write(two.subarray(0, -10), () => response.destroy());
      },
      reason: /aborted|cut off/,
    },
    {
      name: 'another kind of file',
      answer: (response) => void response.end('<!doctype html><title>Sign in</title>'),
      reason: /not a zip archive/,
    },
    { name: 'refused', answer: (response) => void response.end(named('../evil.py')), reason: /"\.\." in the name/ },
  ];

  async function isLeftAlone({ name, answer, reason }: Update): Promise<void> {
    let now: Update['answer'] = (response) => void response.end(one);
    const server = createServer((_request, response) => now(response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    open.push({ [Symbol.asyncDispose]: async () => void server.close() });
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { under, input, output } = suite.surroundings({
      MONITORING_PERIOD: '0.05',
      FUNCTION_REFRESH: '1',
      FUNCTION_ZIP: `http://127.0.0.1:${port}/code.zip`,
      FUNCTION_ZIP_ALLOW: '127.0.0.1',
    });
    const results = await under.results();
    await under.redis.set(input, '{}');
    open.push(await startFunctionsRole(under.config, under.log));
    const from = ({ result }: LiveResult) => JSON.parse(result ?? '{}').from;
    await results.next();
    const before = await under.state();
    now = answer;
    const isSaid = () =>
      under.logLines.some((line) => line.includes('cannot be used') && reason.test(JSON.parse(line).msg));
    await expect.poll(isSaid, { message: name, timeout: 15_000 }).toBe(true);
    await results.next();
    const after = await under.state();
    expect([after?.version, after?.source, after?.status]).toEqual([before?.version, before?.source, 'running']);
    expect(await under.redis.get(output)).toBe('{"from": "one", "x": 20.0}');
    now = (response) => void response.end(two);
    while (from(await results.next()) !== 'two');
    const all = results.all.map(from);
    // All of one, then all of two, and nothing else.
    expect(all).toEqual(all.map((_, index) => (index < all.indexOf('two') ? 'one' : 'two')));
    expect(results.all.every(({ failure }) => failure === undefined)).toBe(true);
  }

  test('is said, and the version that runs goes on until a whole one takes its place at once', async () => {
    await Promise.all(updates.map(isLeftAlone));
  }, 40_000);
});
