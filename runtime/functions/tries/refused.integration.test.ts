import { describe, expect, test } from 'vitest';
import { tryCode } from '#lib/functions/try-code';
import { ADMIN, GOOD, left, python, triesSuite } from './tries.fixture.ts';

const { surroundings } = triesSuite();

describe('is refused', () => {
  test.each([
    ['code that is empty', { code: python(' ') }, 'invalid'],
    ['an archive that is none', { code: { kind: 'archive', bytes: Buffer.from('PK') } }, 'invalid'],
    ['an input that is not JSON', { code: GOOD, input: '{"x": ' }, 'invalid'],
    ['an input that is too large', { code: GOOD, input: `"${'x'.repeat(8 * 1024 * 1024)}"` }, 'invalid'],
    ['code and a version', { code: GOOD, version: 1 }, 'invalid'],
    ['a version that it never had', { version: 77 }, 'not_found'],
    ['a function that is not there', { name: 'nobody', code: GOOD }, 'not_found'],
  ] as const)('%s', async (_name, trial, code) => {
    const around = await surroundings();
    await expect(around.tryIt(trial)).rejects.toMatchObject({ code });
    expect(await left(around)).toEqual([]);
  });

  test('an empty input key, and one that holds something else', async () => {
    const { under, input, tryIt } = await surroundings();
    await under.redis.del(input);
    await expect(tryIt({ code: GOOD })).rejects.toMatchObject({ code: 'not_found' });
    await under.redis.rpush(input, 'a');
    await expect(tryIt({ code: GOOD })).rejects.toMatchObject({ code: 'invalid' });
  });

  test('whoever is no admin', async () => {
    const { ctx } = await surroundings();
    const callers = [
      [null, 'unauthenticated'],
      [{ ...ADMIN, role: 'user' }, 'forbidden'],
    ] as const;
    for (const [caller, code] of callers)
      await expect(tryCode(ctx, caller, { name: 'live', code: GOOD })).rejects.toMatchObject({ code });
  });
});
