import { expect, test } from 'vitest';
import { type Argon2Input, BoundedArgon2 } from './argon2.ts';

const input: Argon2Input = {
  password: 'password',
  salt: Buffer.from('somesalt'),
  memoryKiB: 256,
  passes: 2,
  parallelism: 1,
  tagBytes: 32,
};

/** From the reference implementation's own tests: version 19, t=2, m=2^8, p=1. */
const TAG = '9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe';

test('it is argon2id', async () => {
  const tag = await new BoundedArgon2({ atOnce: 1, waiting: 0 }).derive(input);
  expect(tag?.toString('hex')).toBe(TAG);
});

test('what neither runs nor may wait is refused at once, and taken again when the others are done', async () => {
  const argon2 = new BoundedArgon2({ atOnce: 2, waiting: 1 });
  const taken = [argon2.derive(input), argon2.derive(input), argon2.derive(input)];
  expect(taken).not.toContain(null);
  expect(argon2.derive(input)).toBeNull();
  const tags = await Promise.all(taken);
  expect(tags.map((tag) => tag?.toString('hex'))).toEqual([TAG, TAG, TAG]);
  expect(await argon2.derive(input)).not.toBeNull();
});

test('a run that fails makes room like any other', async () => {
  const argon2 = new BoundedArgon2({ atOnce: 1, waiting: 0 });
  await expect(argon2.derive({ ...input, salt: Buffer.alloc(1) })).rejects.toThrow();
  expect((await argon2.derive(input))?.toString('hex')).toBe(TAG);
});
