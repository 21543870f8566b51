import { expect, test } from 'vitest';
import { newPassword } from '#lib/schemas/account';
import { generatePassword, idOfSecret, newSecret } from './secrets.ts';

test('a secret has 256 bits, and its id does not tell it', () => {
  const secret = newSecret();
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  expect(idOfSecret(secret)).not.toContain(secret);
  // FIPS 180-4's example.
  expect(Buffer.from(idOfSecret('abc'), 'base64url').toString('hex')).toMatch(/^ba7816bf.*f20015ad$/);
});

test('a generated password is one that anybody could choose and copy', () => {
  const passwords = Array.from({ length: 200 }, generatePassword);
  for (const password of passwords) {
    expect(password).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){4}[0-9a-hjkmnp-tv-z]{4}$/);
    expect(newPassword.parse(password)).toBe(password);
  }
  expect(new Set(passwords).size).toBe(200);
});
