import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { zipOf, zipOfFiles } from '#lib/archives/zip-builder.fixture';
import type { Context } from '#lib/context';
import { lifetimes } from '#lib/keys';
import type { FunctionRecord } from '#lib/schemas/record';
import { createFunction } from './create-function.ts';
import { declareFunction } from './declare-function.ts';
import { deployCode, type Handed, rollBack } from './deploy-code.ts';
import { keepCode, type NewCode, readCode } from './keep-code.ts';
import { listVersions } from './list-versions.ts';
import { readRecord } from './records.ts';
import { admin, dumpOf, invoke, leaseOf, lifetimesOf, python, registrySuite } from './registry.fixture.ts';
import { MOST, noteOutcome, readVersion } from './versions.ts';

const suite = registrySuite();
const MIB = 1024 * 1024;

const newCode = (content: Buffer, rest: Partial<NewCode> = {}): NewCode => ({
  kind: 'archive',
  language: null,
  fileName: 'code.zip',
  entry: null,
  source: 'uploaded',
  message: '',
  by: { kind: 'user', uid: 0, name: 'admin' },
  content,
  ...rest,
});

const deploy = async (ctx: Context, text: string) =>
  (await deployCode(ctx, admin, { name: 'f', code: python(text) })).version;

async function textOf(ctx: Context, number: number): Promise<string | undefined> {
  const { sha256 } = await readVersion(ctx, 'f', number);
  return (await readCode(ctx, 'f', sha256))?.toString();
}

/** Writes a version as the one that runs. */
async function run(ctx: Context, record: FunctionRecord, number: number): Promise<void> {
  await invoke(ctx, record, await leaseOf(ctx, record.name, 'runtime'), number);
}

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

describe('code that was not written to its end', () => {
  test('is not taken for whole, goes by itself, and is made whole by whoever brings it again', async () => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f' });
    const content = randomBytes(3 * MIB);
    let [number, commands] = [0, 0];
    for (; number === 0; commands += 1) {
      const dying = await suite.dying(ctx, commands);
      number = await keepCode(dying, 'f', newCode(content)).catch(() => 0);
      const codes = [...(await lifetimesOf(ctx, 'f'))].filter(([key]) => key.startsWith('code:'));
      for (const [key, left] of codes) {
        expect((await readCode(ctx, 'f', key.slice('code:'.length))) === null).toBe(number === 0);
        if (number === 0) expect(left).toBeGreaterThan(0);
        if (number === 0) expect(left).toBeLessThanOrEqual(lifetimes.unfinishedCode);
      }
    }
    expect([number, commands]).toEqual([1, 5]);
    const { sha256 } = await readVersion(ctx, 'f', 1);
    expect((await readCode(ctx, 'f', sha256))?.equals(content)).toBe(true);
    expect(await ctx.redis.pttl(ctx.keys.code('f', sha256))).toBe(-1);
  });

  test('and that goes meanwhile is written again', async () => {
    for (let commands = 0; commands < 6; commands += 1) {
      const ctx = suite.open();
      await createFunction(ctx, admin, { name: 'f' });
      const content = randomBytes(3 * MIB);
      const runOut = async () => {
        const [key = ''] = await ctx.redis.keys(ctx.keys.code('f', '*'));
        if ((await ctx.redis.pttl(key)) > 0) await ctx.redis.del(key);
      };
      await keepCode(await suite.interrupted(ctx, commands, runOut), 'f', newCode(content));
      const { sha256 } = await readVersion(ctx, 'f', 1);
      expect((await readCode(ctx, 'f', sha256))?.equals(content)).toBe(true);
    }
  });

  test('is not what whoever writes the same at the same time is left with', async () => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f' });
    const content = randomBytes(3 * MIB);
    const slow = await suite.dying(ctx, 2);
    const [number] = await Promise.all([
      keepCode(ctx, 'f', newCode(content)),
      keepCode(slow, 'f', newCode(content)).catch(() => null),
    ]);
    await keepCode(await suite.dying(ctx, 1), 'f', newCode(content)).catch(() => null);
    const { sha256 } = await readVersion(ctx, 'f', number);
    expect(await ctx.redis.pttl(ctx.keys.code('f', sha256))).toBe(-1);
  });

  test('changes nothing of what runs, whenever the connection dies', async () => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f', code: python('old') });
    let version: number | null = null;
    for (let commands = 0; version === null; commands += 1) {
      const dying = await suite.dying(ctx, commands);
      const code = python('new');
      version = await deployCode(dying, admin, { name: 'f', code }).then(
        (deployed) => deployed.version,
        () => null,
      );
      const { overrides } = await readRecord(ctx, 'f');
      expect(await textOf(ctx, overrides.code?.version ?? 0)).toBe(version === null ? 'old' : 'new');
    }
    expect(version).toBe(2);
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

describe('rolling back', () => {
  test('chooses an earlier version, or with null what the deployment says', async () => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f', code: python('a') });
    await deploy(ctx, 'b');
    expect((await rollBack(ctx, admin, { name: 'f', version: 1 })).overrides.code?.version).toBe(1);
    expect((await rollBack(ctx, admin, { name: 'f', version: null })).overrides.code).toBe(null);
    expect((await listVersions(ctx, admin, { name: 'f' })).map(({ number }) => number)).toEqual([2, 1]);
  });

  test('keeps env, unless a fresh one is asked for', async () => {
    const ctx = suite.open();
    const { envEpoch } = await createFunction(ctx, admin, { name: 'f', code: python('a') });
    expect((await rollBack(ctx, admin, { name: 'f', version: 1 })).envEpoch).toBe(envEpoch);
    expect((await rollBack(ctx, admin, { name: 'f', version: 1, freshEnv: true })).envEpoch).toBe(envEpoch + 1);
  });

  test.each([
    ['that never was', 7],
    ['whose text is not kept', 1],
    ['0', 0],
    ['that is no number', Number.NaN],
  ])('to a version %s is refused and changes nothing', async (_which, version) => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f', code: python('a') });
    await deploy(ctx, 'b');
    await ctx.redis.del(ctx.keys.code('f', (await readVersion(ctx, 'f', 1)).sha256));
    const before = await dumpOf(ctx);
    await expect(rollBack(ctx, admin, { name: 'f', version })).rejects.toMatchObject({ code: 'not_found' });
    expect(await dumpOf(ctx)).toEqual(before);
    expect(await listVersions(ctx, admin, { name: 'f' })).toMatchObject([
      { isKept: true },
      { number: 1, isKept: false },
    ]);
  });

  test('to a version of which a part is left is refused', async () => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f', code: python('a') });
    await ctx.redis.hdel(ctx.keys.code('f', (await readVersion(ctx, 'f', 1)).sha256), 'parts');
    await expect(rollBack(ctx, admin, { name: 'f', version: 1 })).rejects.toMatchObject({ code: 'not_found' });
    expect(await listVersions(ctx, admin, { name: 'f' })).toMatchObject([{ isKept: false }]);
  });
});

describe('of too many versions', () => {
  test('the oldest go with all that is kept of them, but not what runs or is to run', async () => {
    const ctx = suite.open();
    const first = await createFunction(ctx, admin, { name: 'f', code: python('x = 1') });
    await run(ctx, first, 1);
    for (let number = 2; number <= 5; number += 1) await noteOutcome(ctx, 'f', await deploy(ctx, `x = ${number}`), {});
    const code = { version: 3, standIn: 4, problem: null };
    await declareFunction(ctx, 'f', { host: 'pod', settings: {}, from: {}, code });
    for (let number = 6; number <= MOST.versions + 6; number += 1) await deploy(ctx, `x = ${number}`);
    const listed = await listVersions(ctx, admin, { name: 'f' });
    const newest = Array.from({ length: MOST.versions }, (_, index) => MOST.versions + 6 - index);
    expect(listed.map(({ number }) => number)).toEqual([...newest, 4, 3, 1]);
    expect(listed.every(({ isKept }) => isKept)).toBe(true);
    const codes = await ctx.redis.keys(ctx.keys.code('f', '*'));
    expect(codes).toHaveLength(listed.length);
    expect(await ctx.redis.hlen(ctx.keys.versionsByContent('f'))).toBe(listed.length);
    expect(await ctx.redis.hkeys(ctx.keys.versionOutcomes('f'))).toEqual(['3', '4']);
    await noteOutcome(ctx, 'f', 2, { liveAt: 1 });
    expect(await ctx.redis.hkeys(ctx.keys.versionOutcomes('f'))).toEqual(['3', '4']);
    await expect(rollBack(ctx, admin, { name: 'f', version: 2 })).rejects.toMatchObject({ code: 'not_found' });
    expect(await deploy(ctx, 'x = 2')).toBe(MOST.versions + 7);
  });

  test('what was chosen before stays while nothing has been live, and goes once something is', async () => {
    const ctx = suite.open();
    const record = await createFunction(ctx, admin, { name: 'f', code: python('good') });
    for (let index = 0; index < MOST.versions; index += 1)
      await keepCode(ctx, 'f', newCode(Buffer.from(`x = ${index}`)));
    const numbers = async () => (await listVersions(ctx, admin, { name: 'f' })).map(({ number }) => number);
    await deploy(ctx, 'bad');
    expect(await numbers()).toContain(1);
    await run(ctx, record, await deploy(ctx, 'another'));
    await deploy(ctx, 'one more');
    expect(await numbers()).not.toContain(1);
  });

  test('those that a deployment brings go as well', async () => {
    const ctx = suite.open();
    for (let index = 0; index < MOST.versions + 3; index += 1) {
      const version = await keepCode(ctx, 'f', newCode(Buffer.from(`x = ${index}`)));
      const code = { version, standIn: null, problem: null };
      await declareFunction(ctx, 'f', { host: 'pod', settings: {}, from: {}, code });
    }
    expect(await listVersions(ctx, admin, { name: 'f' })).toHaveLength(MOST.versions);
  });

  test('the texts of the largest old ones go, and what is needed or small stays', async () => {
    const ctx = suite.open();
    const record = await createFunction(ctx, admin, { name: 'f', code: python('small') });
    const large = (fill: number) => newCode(Buffer.alloc(50 * MIB, fill));
    for (const fill of [2, 3, 4, 5]) await keepCode(ctx, 'f', large(fill));
    await run(ctx, record, 2);
    expect(await deploy(ctx, 'small too')).toBe(6);
    const listed = await listVersions(ctx, admin, { name: 'f' });
    expect(listed.map(({ number, isKept }) => [number, isKept])).toEqual([
      [6, true],
      [5, true],
      [4, true],
      [3, false],
      [2, true],
      [1, false],
    ]);
  });

  describe('the oldest of which is chosen again while a new one makes it too many', () => {
    const choosing = (ctx: Context) => rollBack(ctx, admin, { name: 'f', version: 1 }).catch(() => null);
    const bringing = (ctx: Context) => deployCode(ctx, admin, { name: 'f', code: python('x = 1') });
    const another = (ctx: Context) => deployCode(ctx, admin, { name: 'f', code: python('another') });
    const same = { kind: 'file', language: 'python', fileName: 'same.py' } as const;

    const full = async (content: Buffer) => {
      const ctx = suite.open();
      await createFunction(ctx, admin, { name: 'f', code: python('x = 1') });
      const rest = Array.from({ length: MOST.versions - 2 }, (_, index) => Buffer.from([index + 3]));
      for (const each of [content, ...rest]) await keepCode(ctx, 'f', newCode(each, same));
      await run(ctx, await rollBack(ctx, admin, { name: 'f', version: 2 }), 2);
      return ctx;
    };

    test.each([
      ['rolled back to, a deployment in between', choosing, another, Buffer.from([2])],
      ['rolled back to, a deployment in between that leaves its text', choosing, another, Buffer.from('x = 1')],
      ['brought again, a deployment in between', bringing, another, Buffer.from([2])],
      ['rolled back to in between', another, choosing, Buffer.from([2])],
      ['brought again in between', another, bringing, Buffer.from([2])],
    ])('what is chosen is kept: %s', async (_how, first, between, content) => {
      // Either of them has made its choice, and dropped what is too much, by then.
      for (let commands = 0; commands < 16; commands += 1) {
        const ctx = await full(content);
        await first(await suite.interrupted(ctx, commands, () => between(ctx)));
        const { overrides } = await readRecord(ctx, 'f');
        expect(await textOf(ctx, overrides.code?.version ?? 0)).toMatch(/x = 1|another/);
      }
    });

    test.each([
      ['', Buffer.from([2])],
      [' that leaves its text', Buffer.from('x = 1')],
    ])('what is dropped between the look and the choice is not chosen%s', async (_how, content) => {
      const ctx = await full(content);
      const isLooked = Promise.withResolvers<void>();
      let chosen: Promise<FunctionRecord | null> | undefined;
      // The new one has been chosen and the old one not dropped; then that is found, and dropped before it can be chosen.
      const dropping = await suite.interrupted(ctx, 16, async () => {
        const looking = await suite.interrupted(ctx, 3, async () => {
          isLooked.resolve();
          await brought;
        });
        chosen = choosing(looking);
        await isLooked.promise;
      });
      const brought = another(dropping);
      await brought;
      expect(await chosen).toBe(null);
      expect((await readRecord(ctx, 'f')).overrides.code?.version).toBe(MOST.versions + 1);
    });
  });

  test('a text that is dropped meanwhile is written again by whoever brings it, and not rolled back to', async () => {
    for (let commands = 0; commands < 8; commands += 1) {
      const ctx = suite.open();
      await createFunction(ctx, admin, { name: 'f', code: python('x = 1') });
      await deploy(ctx, 'x = 2');
      const { sha256 } = await readVersion(ctx, 'f', 1);
      // As it happens to one that is not chosen.
      const drop = async () => {
        const { overrides } = await readRecord(ctx, 'f');
        if (overrides.code?.version !== 1) await ctx.redis.unlink(ctx.keys.code('f', sha256));
      };
      await rollBack(await suite.interrupted(ctx, commands, drop), admin, { name: 'f', version: 1 }).catch(() => null);
      const { overrides } = await readRecord(ctx, 'f');
      expect(await textOf(ctx, overrides.code?.version ?? 0)).toBeDefined();
      await rollBack(ctx, admin, { name: 'f', version: 2 });
      const again = { name: 'f', code: python('x = 1') };
      await deployCode(await suite.interrupted(ctx, commands, drop), admin, again);
      expect(await textOf(ctx, 1)).toBe('x = 1');
    }
  });

  test('a failure to drop them does not make a failure of the deployment', async () => {
    const ctx = suite.open();
    const record = await createFunction(ctx, admin, { name: 'f', code: python('x = 1') });
    await run(ctx, record, 1);
    await ctx.redis.set(ctx.keys.functionState('f'), '{"versionNumber":"newer"}');
    expect(await deploy(ctx, 'x = 2')).toBe(2);
  });
});
