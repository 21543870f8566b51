import { expect, test } from 'vitest';
import { isOver } from './credential-endings.ts';

const ending = { uid: 3, credentialIds: ['s1', 't1'], isPasswordOver: true };

test('what ended is over, of that user only', () => {
  expect(isOver(ending, { uid: 3, credentialId: 's1' })).toBe(true);
  expect(isOver(ending, { uid: 3, credentialId: 's2' })).toBe(false);
  expect(isOver(ending, { uid: 4, credentialId: 's1' })).toBe(false);
});

test('what the password alone had proven is over when it says so', () => {
  expect(isOver(ending, { uid: 3, credentialId: null })).toBe(true);
  expect(isOver({ ...ending, isPasswordOver: false }, { uid: 3, credentialId: null })).toBe(false);
});
