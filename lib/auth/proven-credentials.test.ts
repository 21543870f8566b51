import { afterEach, expect, test, vi } from 'vitest';
import { ProvenCredentials } from './proven-credentials.ts';

afterEach(() => void vi.useRealTimers());

const PROOF = { uid: 7, version: 3 };

test('what was proven holds for a minute and no longer', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const proven = new ProvenCredentials();
  const key = proven.keyOf('me', 'password');
  expect(proven.find(key)).toBeNull();
  await proven.prove(key, 'here', async () => PROOF);
  vi.advanceTimersByTime(59_999);
  expect(proven.find(key)).toMatchObject(PROOF);
  vi.advanceTimersByTime(1);
  expect(proven.find(key)).toBeNull();
});

test('what fails is not remembered', async () => {
  const proven = new ProvenCredentials();
  const key = proven.keyOf('me', 'password');
  await expect(proven.prove(key, 'here', () => Promise.reject(new Error('wrong')))).rejects.toThrow('wrong');
  expect(proven.find(key)).toBeNull();
  expect(await proven.prove(key, 'here', async () => PROOF)).toEqual(PROOF);
});

test('requests that come together share one proof, but not from elsewhere', async () => {
  const proven = new ProvenCredentials();
  const key = proven.keyOf('me', 'password');
  let asked = 0;
  const prove = async () => {
    asked += 1;
    return PROOF;
  };
  await Promise.all([proven.prove(key, 'here', prove), proven.prove(key, 'here', prove)]);
  expect(asked).toBe(1);
  await Promise.all([proven.prove(key, 'here', prove), proven.prove(key, 'there', prove)]);
  expect(asked).toBe(3);
});

test('a key tells login and password apart, and is of no use in another process', () => {
  const proven = new ProvenCredentials();
  expect(proven.keyOf('a:b', 'c')).not.toBe(proven.keyOf('a', 'b:c'));
  expect(proven.keyOf('a', 'b')).toBe(proven.keyOf('a', 'b'));
  expect(proven.keyOf('a', 'b')).not.toBe(new ProvenCredentials().keyOf('a', 'b'));
});

test('it remembers a thousand, and forgets the oldest first', async () => {
  const proven = new ProvenCredentials();
  const keys = Array.from({ length: 1_001 }, (_, index) => proven.keyOf(`${index}`, ''));
  for (const key of keys) await proven.prove(key, 'here', async () => PROOF);
  expect(keys.filter((key) => proven.find(key) === null)).toEqual(keys.slice(0, 1));
});
