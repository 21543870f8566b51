import { createHash, randomBytes } from 'node:crypto';

/** 256 bits as base64url: beyond guessing, so a fast hash of it is enough to keep. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Under which a session or a token is kept: whoever reads Redis cannot sign in with it. */
export function idOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Crockford's base 32: nothing that is mistaken for something else when it is copied from a screen. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

/** 100 random bits in five groups, such as `k7m2-x0qf-…`. */
export function generatePassword(): string {
  const letters = [...randomBytes(20)].map((byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
  return letters.replace(/(.{4})(?!$)/g, '$1-');
}
