import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { zipOf, zipOfFiles } from '#lib/archives/zip-builder.fixture';
import { createFunction } from './create-function.ts';
import { deployCode, type Handed } from './deploy-code.ts';
import { keepCode, readCode } from './keep-code.ts';
import { listVersions } from './list-versions.ts';
import { readRecord } from './records.ts';
import { admin, dumpOf, lifetimesOf, python, registrySuite } from './registry.fixture.ts';
import { deploy, MIB, newCode, run, textOf } from './versions.fixture.ts';
import { noteOutcome, readVersion } from './versions.ts';

const suite = registrySuite();

describe('a version', () => {
  test('has a number of its own, is listed with who brought it, and is the one that is to run', async () => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f', code: python('x = 1') });
    const message = 'Mend the mean';
    const { record, version } = await deployCode(ctx, admin, { name: 'f', code: { ...python('x = 2'), message } });
    expect(version).toBe(2);
    expect(record.overrides.code).toMatchObject({ version: 2, by: { name: 'admin' } });
    expect(await readRecord(ctx, 'f')).toEqual(record);
    await run(ctx, record, 1);
    await noteOutcome(ctx, 'f', 1, { liveAt: 5 });
    await noteOutcome(ctx, 'f', 2, { failure: { kind: 'init', message: 'SyntaxError' } });
    expect(await listVersions(ctx, admin, { name: 'f' })).toMatchObject([
      { number: 2, message, bytes: 5, isLive: false, isKept: true, liveAt: null, failure: { message: 'SyntaxError' } },
      { number: 1, message: '', isLive: true, isKept: true, liveAt: 5, failure: null, source: 'uploaded' },
    ]);
    expect(await textOf(ctx, 1)).toBe('x = 1');
    expect(await textOf(ctx, 2)).toBe('x = 2');
  });

  test('that is brought again is the same one, and nothing is given its number after it', async () => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f' });
    const texts = ['a', 'b', 'a', 'c', 'b', 'a'];
    const numbers: number[] = [];
    for (const text of texts) numbers.push(await deploy(ctx, text));
    expect(numbers).toEqual([1, 2, 1, 3, 2, 1]);
    const file = { kind: 'file', language: 'python', fileName: 'f.py' } as const;
    const content = Buffer.from('a');
    expect(await keepCode(ctx, 'f', newCode(content, file))).toBe(4);
    expect(await keepCode(ctx, 'f', newCode(content, { ...file, language: 'javascript' }))).toBe(5);
    expect(await keepCode(ctx, 'f', newCode(content, { ...file, message: 'again' }))).toBe(4);
  });

  test('that 20 people bring at once has one number', async () => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f' });
    const deployed = Array.from({ length: 20 }, (_, index) => deploy(ctx, `x = ${index % 4}`));
    const numbers = await Promise.all(deployed);
    for (const [index, number] of numbers.entries()) expect(await textOf(ctx, number)).toBe(`x = ${index % 4}`);
    expect([...new Set(numbers)].sort()).toEqual([1, 2, 3, 4]);
    expect((await lifetimesOf(ctx, 'f')).values().every((left) => left === -1)).toBe(true);
  });

  test.each([0, 1, MIB - 1, MIB, MIB + 1, 5 * MIB + 7])('of %i bytes comes back as it was', async (bytes) => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f' });
    const content = randomBytes(bytes);
    const number = await keepCode(ctx, 'f', newCode(content));
    const { sha256 } = await readVersion(ctx, 'f', number);
    expect((await readCode(ctx, 'f', sha256))?.equals(content)).toBe(true);
  });
});

describe('code that cannot be used', () => {
  test.each<[string, Handed, string]>([
    ['an empty text', python(''), 'the code is empty'],
    ['a text of white space', python('\n  \t'), 'the code is empty'],
    ['a text of more than 1 MiB', python('é'.repeat(MIB / 2 + 1)), 'larger than 1 MiB'],
    ['no archive', { kind: 'archive', bytes: Buffer.from('x = 1') }, ''],
    ['an empty file', { kind: 'archive', bytes: Buffer.alloc(0) }, ''],
    ['an entry that leaves its folder', { kind: 'archive', bytes: zipOf([{ name: '../evil.py' }]) }, '../evil.py'],
    [
      'an entry with a bad CRC',
      { kind: 'archive', bytes: zipOf([{ name: 'main.py', content: 'x', central: { crc: 1 } }]) },
      'main.py: a bad CRC',
    ],
  ])('is refused with its reason and kept nowhere: %s', async (_what, code, message) => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f' });
    const before = await dumpOf(ctx);
    await expect(deployCode(ctx, admin, { name: 'f', code })).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ path: 'code', message: expect.stringContaining(message) }],
    });
    expect(await dumpOf(ctx)).toEqual(before);
  });

  test('an archive that names too long an entry is refused, a good one is kept as it is', async () => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f' });
    const bytes = zipOfFiles({ 'main.py': 'def handler(i, c): pass' });
    const long: Handed = { kind: 'archive', bytes, entry: 'x'.repeat(513) };
    await expect(deployCode(ctx, admin, { name: 'f', code: long })).rejects.toMatchObject({
      fields: [{ path: 'entry' }],
    });
    const { version } = await deployCode(ctx, admin, { name: 'f', code: { ...long, entry: 'main' } });
    expect(await readVersion(ctx, 'f', version)).toMatchObject({ number: 1, kind: 'archive', entry: 'main' });
    const { sha256 } = await readVersion(ctx, 'f', version);
    expect((await readCode(ctx, 'f', sha256))?.equals(bytes)).toBe(true);
  });

  test('based on an old revision it is not even kept', async () => {
    const ctx = suite.open();
    const { revision } = await createFunction(ctx, admin, { name: 'f' });
    await deploy(ctx, 'theirs');
    const before = await dumpOf(ctx);
    const refusal = { code: 'conflict', current: await readRecord(ctx, 'f') };
    const code = python('mine');
    await expect(deployCode(ctx, admin, { name: 'f', code, revision })).rejects.toMatchObject(refusal);
    expect(await dumpOf(ctx)).toEqual(before);
  });
});
