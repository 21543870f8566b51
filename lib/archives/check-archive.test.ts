import { constants, crc32, deflateRawSync, type ZlibOptions } from 'node:zlib';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { bounds, checkArchive } from './check-archive.ts';
import { type FakeEnd, type FakeEntry, zipOf, zipOfFiles } from './zip-builder.fixture.ts';

/** How many bytes zlib has made since the test began. */
const inflated = vi.hoisted(() => ({ bytes: 0, calls: 0 }));
vi.mock('node:zlib', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:zlib')>();
  const createInflateRaw = (options: ZlibOptions) => {
    inflated.calls++;
    const inflating = real.createInflateRaw(options);
    const push = inflating.push.bind(inflating);
    inflating.push = (piece: Buffer | null) => {
      inflated.bytes += piece?.length ?? 0;
      return push(piece);
    };
    return inflating;
  };
  return { ...real, createInflateRaw };
});
beforeEach(() => Object.assign(inflated, { bytes: 0, calls: 0 }));

const MIB = 1024 * 1024;
const good: FakeEntry = { name: 'main.py', content: 'def handler(event, context):\n    return {}\n' };

test('what is honest is good', async () => {
  const archive = zipOf([
    { name: 'package/', content: '', data: Buffer.alloc(0), mode: 0o040755, central: { method: 0 } },
    { name: 'package/__init__.py', content: '' },
    { name: 'package/größe 数.py', content: 'x = 1\n' },
    { name: '__proto__', content: 'a name, no more' },
    { name: 'stored.txt', content: 'as it is', data: Buffer.from('as it is'), central: { method: 0 } },
    { name: 'streamed.txt', content: 'sizes follow', local: { flags: 0x0808, size: 0, compressedSize: 0, crc: 0 } },
    { name: 'no-mode.txt', content: 'of DOS', mode: 0 },
  ]);
  expect(await checkArchive(archive)).toMatchObject({ kind: 'good', names: expect.arrayContaining(['__proto__']) });
  expect((await checkArchive(zipOf([good], { comment: Buffer.from('a commit id') }))).kind).toBe('good');
});

const x240 = 'x'.repeat(237);

describe('names', () => {
  test.each<[string | Buffer, string]>([
    ['../evil.py', '".." in the name'],
    ['a/../../evil.py', '".." in the name'],
    ['a/..', '".." in the name'],
    ['/etc/passwd', 'an absolute name'],
    ['C:/evil.py', 'a drive letter in the name'],
    ['c:evil.py', 'a drive letter in the name'],
    ['a\\b.py', 'a "\\" in the name'],
    ['..\\evil.py', 'a "\\" in the name'],
    ['a\0.py', 'a NUL in the name'],
    ['a\nb.py', 'a control character in the name'],
    ['a\u001b[31m.py', 'a control character in the name'],
    ['a\u0085.py', 'a control character in the name'],
    ['./a.py', 'an empty part or "." in the name'],
    ['a//b.py', 'an empty part or "." in the name'],
    ['/', 'an absolute name'],
    ['', 'an empty name'],
    [`${x240}.py1`, 'a name longer than 240 bytes'],
    [Buffer.from([0x61, 0xff, 0x2e]), 'a name that is not UTF-8'],
    [Buffer.from([0x2e, 0xc0, 0xae, 0x2f]), 'a name that is not UTF-8'],
  ])('%j is refused', async (name, rule) => {
    const result = await checkArchive(zipOf([good, { name, content: 'x' }]));
    expect(result).toEqual({ kind: 'refused', entry: expect.any(String), rule });
    expect(inflated.calls).toBe(0);
  });

  test('240 bytes are not too many', async () => {
    expect((await checkArchive(zipOfFiles({ [`${x240}.py`]: 'x' }))).kind).toBe('good');
  });

  test('the entry is named, safe to show', async () => {
    const result = await checkArchive(zipOf([good, { name: `evil\u001b[2J\u202e${'y'.repeat(500)}` }]));
    expect(result).toMatchObject({ entry: expect.stringMatching(/^evil\\u\{1b\}\[2J\\u\{202e\}y{80,120}…$/) });
  });

  test.each<[string, string[], string, string]>([
    ['twice', ['a.py', 'a.py'], 'a.py', 'its name is there twice'],
    ['a folder twice', ['a/', 'b.py', 'a/'], 'a/', 'its name is there twice'],
    ['in another case', ['Main.py', 'main.py'], 'main.py', 'its name differs from Main.py only in case'],
    ['folders in another case', ['lib/a.py', 'Lib/b.py'], 'Lib/b.py', 'its name differs from lib only in case'],
    ['ß and SS', ['straße.py', 'STRASSE.py'], 'STRASSE.py', 'its name differs from straße.py only in case'],
    ['NFC and NFD', ['caf\u00e9.py', 'cafe\u0301.py'], 'café.py', 'its name differs from café.py only in Unicode form'],
    ['a file, then a folder', ['a', 'a/b.py'], 'a/b.py', 'both a file and a folder'],
    ['a folder, then a file', ['a/b.py', 'a'], 'a', 'both a file and a folder'],
    ['a listed folder and a file', ['a/', 'a'], 'a', 'both a file and a folder'],
  ])('%s is refused', async (_case, names, entry, rule) => {
    const result = await checkArchive(zipOf(names.map((name) => ({ name, content: '' }))));
    expect(result.kind === 'refused' && { ...result, entry: result.entry?.normalize('NFC') }).toEqual({
      kind: 'refused',
      entry,
      rule: expect.toSatisfy((said: string) => said.normalize('NFC') === rule.normalize('NFC')),
    });
  });
});

describe('what an entry is', () => {
  test.each<[string, Partial<FakeEntry>, string]>([
    ['a link', { content: '/etc/passwd', mode: 0o120777 }, 'a symbolic link'],
    ['a character device', { mode: 0o020666 }, 'a device'],
    ['a block device', { mode: 0o060666 }, 'a device'],
    ['a fifo', { mode: 0o010666 }, 'a named pipe'],
    ['a socket', { mode: 0o140666 }, 'a socket'],
    ['nothing known', { mode: 0o150666 }, 'neither a file nor a folder'],
    ['encrypted', { central: { flags: 0x0801 } }, 'encrypted'],
    ['strongly encrypted', { central: { flags: 0x0841 } }, 'encrypted'],
    ['encrypted only in its own header', { local: { flags: 0x0801 } }, 'encrypted'],
    ['bzip2', { central: { method: 12 } }, 'compressed by method 12; only deflate and none are known'],
    ['deflate64', { central: { method: 9 } }, 'compressed by method 9; only deflate and none are known'],
    ['of another name in its own header', { local: { name: 'other.py' } }, 'give two names'],
    ['of another method in its own header', { local: { method: 0 } }, 'give two methods'],
    ['of another size in its own header', { local: { size: 3 } }, 'give two sizes'],
    ['of another CRC in its own header', { local: { crc: 3 } }, 'give two CRCs'],
    ['a folder with content', { name: 'folder/', content: 'x' }, 'a folder with content'],
    ['zip64', { central: { size: 0xffffffff } }, 'zip64 is not accepted'],
    ['zip64 in its offset', { central: { offset: 0xffffffff } }, 'zip64 is not accepted'],
  ])('%s is refused before anything is inflated', async (_case, lie, rule) => {
    const result = await checkArchive(zipOf([good, { name: 'evil', content: 'evil', ...lie }]));
    expect(result).toEqual({ kind: 'refused', entry: lie.name ?? 'evil', rule: expect.stringContaining(rule) });
    expect(inflated.calls).toBe(0);
  });

  test.each<[string, Partial<FakeEntry>, string]>([
    ['a bad CRC', { central: { crc: 1 } }, 'a bad CRC'],
    ['more bytes than declared', { central: { size: 3 } }, 'it holds more bytes than it declares'],
    ['one byte more than none', { content: 'x', central: { size: 0 } }, 'it holds more bytes than it declares'],
    ['fewer bytes than declared', { central: { size: 5_000 } }, 'it holds another number of bytes'],
    ['data that is not deflated', { data: Buffer.from('garbage, no more') }, 'damaged data'],
    ['data that is cut off', { data: deflateRawSync(Buffer.from('evil')).subarray(0, -3) }, 'damaged data'],
    ['a bad CRC of stored bytes', { data: Buffer.from('liar'), central: { method: 0 } }, 'a bad CRC'],
  ])('%s is refused', async (_case, lie, rule) => {
    const result = await checkArchive(zipOf([good, { name: 'evil', content: 'evil', ...lie }]));
    expect(result).toEqual({ kind: 'refused', entry: 'evil', rule: expect.stringContaining(rule) });
  });

  test.each<[string, FakeEntry, string]>([
    ['data beyond the archive', { name: 'b', central: { compressedSize: 9_999 } }, 'not where it should be'],
    ['a header beyond the archive', { name: 'b', central: { offset: 9_999 } }, 'not where it should be'],
    ['a header that is none', { name: 'b', central: { offset: 3 } }, 'not where it should be'],
    ['stored bytes of another number', { name: 'b', central: { method: 0, size: 7 } }, 'two declared sizes disagree'],
  ])('%s is refused', async (_case, entry, rule) => {
    expect(await checkArchive(zipOf([good, entry]))).toMatchObject({ rule: expect.stringContaining(rule) });
  });

  test('entries that share their bytes are refused', async () => {
    const data = deflateRawSync(Buffer.alloc(MIB));
    const shared = (name: string): FakeEntry => ({ name, content: Buffer.alloc(MIB), data, central: { offset: 0 } });
    expect(await checkArchive(zipOf([shared('a'), { ...shared('a2'), local: { name: 'a' } }]))).toMatchObject({
      rule: 'the directory and its own header give two names',
    });
    // The first entry's data holds the second one, header and all.
    const inner = zipOf([{ name: 'b', content: 'inner' }]);
    const outer = zipOf([
      { name: 'a', content: inner, data: inner, central: { method: 0 } },
      { name: 'b', content: 'inner', data: Buffer.alloc(0), central: { offset: 31, compressedSize: 7 } },
    ]);
    expect(await checkArchive(outer)).toEqual({ kind: 'refused', entry: 'b', rule: 'it overlaps a' });
    expect(inflated.calls).toBe(0);
  });

  test('data that runs into the directory is refused', async () => {
    const lie = { name: 'b', content: 'x'.repeat(20), data: Buffer.alloc(20), central: { method: 0 } };
    const archive = zipOf([{ ...lie, central: { method: 0, size: 40, compressedSize: 40 } }]);
    expect(await checkArchive(archive)).toMatchObject({ entry: 'b', rule: 'its data runs into the directory' });
  });
});

describe('the archive', () => {
  test.each<[string, Buffer, string]>([
    ['nothing', Buffer.alloc(0), 'not a zip archive'],
    ['a page', Buffer.from('<!doctype html><title>Sign in</title>'.repeat(50)), 'not a zip archive'],
    ['a tar.gz', Buffer.from('1f8b0800000000000003', 'hex'), 'not a zip archive'],
    ['the first half', zipOf([good, { ...good, name: 'b.py' }]).subarray(0, 120), 'it is cut off'],
    ['all but the last byte', zipOf([good]).subarray(0, -1), 'it is cut off'],
    ['something after the end', Buffer.concat([zipOf([good]), Buffer.from('PS')]), 'does not end with the file'],
    ['nothing in it', zipOf([]), 'it is empty'],
  ])('%s is refused', async (_case, bytes, rule) => {
    expect(await checkArchive(bytes)).toEqual({ kind: 'refused', entry: null, rule: expect.stringContaining(rule) });
  });

  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  const record64 = Buffer.alloc(56);
  record64.writeUInt32LE(0x06064b50, 0);
  const secondEnd = Buffer.from(zipOf([]));
  test.each<[string, FakeEnd, string]>([
    ['a zip64 locator', { before: locator }, 'zip64 is not accepted'],
    ['a zip64 record', { before: Buffer.concat([record64, locator]) }, 'zip64 is not accepted'],
    ['a zip64 count', { count: 0xffff }, 'zip64 is not accepted'],
    ['a zip64 place', { start: 0xffffffff }, 'zip64 is not accepted'],
    ['two end records', { before: secondEnd }, 'it has two end records'],
    ['an end record in the comment', { comment: secondEnd }, 'it has two end records'],
    ['several disks', { disk: 1 }, 'it is one part of several'],
    ['entries on other disks', { onDisk: 0 }, 'it is one part of several'],
    ['fewer entries counted', { count: 1 }, 'its directory does not hold the entries'],
    ['more entries counted', { count: 3 }, 'its directory does not hold the entries'],
    ['a directory elsewhere', { start: 1 }, 'its directory is not where'],
  ])('%s is refused', async (_case, end, rule) => {
    const archive = zipOf([good, { ...good, name: 'b.py' }], end);
    expect(await checkArchive(archive)).toEqual({ kind: 'refused', entry: null, rule: expect.stringContaining(rule) });
  });

  test.each([2_001, 65_534, 70_000])('%i entries are refused, uncounted or not', async (count) => {
    const archive = zipOf(Array.from({ length: count }, (_, index) => ({ name: `${index}`, data: Buffer.alloc(0) })));
    expect((await checkArchive(archive)).kind).toBe('refused');
    // 66,000 says that it is 464.
    expect(inflated.calls).toBe(0);
  });

  test('names that imply too many folders are refused', async () => {
    const deep = (index: number) => `${index}/${'a/'.repeat(110)}b`;
    const archive = zipOf(Array.from({ length: 100 }, (_, index) => ({ name: deep(index), content: '' })));
    expect(await checkArchive(archive)).toMatchObject({ rule: 'more than 2000 folders' });
  });

  test('more than 64 MiB are refused unread', async () => {
    const archive = Buffer.alloc(bounds.archiveBytes + 1);
    expect(await checkArchive(archive)).toEqual({ kind: 'refused', entry: null, rule: 'larger than 64 MiB' });
  });
});

describe('bombs', () => {
  /** 10 GiB of zeros in 10 MB: one deflated block again and again. */
  function bomb(): Buffer {
    const block = deflateRawSync(Buffer.alloc(32 * MIB), { finishFlush: constants.Z_FULL_FLUSH, level: 9 });
    return Buffer.concat([...Array.from({ length: 320 }, () => block), Buffer.from([3, 0])]);
  }

  test('that say so are refused before anything is inflated', async () => {
    const archive = zipOf([good, { name: 'bomb', data: bomb(), central: { size: 0xfffffffe } }]);
    expect(archive.length).toBeGreaterThan(9 * MIB);
    expect(await checkArchive(archive)).toEqual({ kind: 'refused', entry: 'bomb', rule: 'larger than 32 MiB' });
    expect(inflated.calls).toBe(0);
  });

  test.each([1, MIB, 32 * MIB])('that claim to be of %i bytes are inflated no further', async (size) => {
    const archive = zipOf([{ name: 'bomb', data: bomb(), central: { size } }]);
    expect(await checkArchive(archive)).toMatchObject({ entry: 'bomb', rule: 'it holds more bytes than it declares' });
    // The piece that is too much, and one that was made ahead of it.
    expect(inflated.bytes).toBeGreaterThan(size);
    expect(inflated.bytes).toBeLessThanOrEqual(size + MIB);
  });

  test('of many parts are refused for their sum', async () => {
    const content = Buffer.alloc(30 * MIB);
    const [data, crc] = [deflateRawSync(content), crc32(content)];
    const parts = [1, 2, 3, 4, 5].map((part) => ({ name: `${part}`, data, central: { size: content.length, crc } }));
    expect((await checkArchive(zipOf(parts.slice(1)))).kind).toBe('good');
    Object.assign(inflated, { calls: 0 });
    expect(await checkArchive(zipOf(parts))).toEqual({
      kind: 'refused',
      entry: null,
      rule: 'more than 128 MiB in all',
    });
    expect(inflated.calls).toBe(0);
  });
});
