import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import type { Argon2Cost, Argon2Input } from './argon2.ts';

/** OWASP's Password Storage Cheat Sheet, Argon2id; some 35 ms of one core of 2023. */
const COST: Argon2Cost = { memoryKiB: 19_456, passes: 2, parallelism: 1 };
/** RFC 9106, 4: 128 bits of salt and 256 of tag. */
const SALT_BYTES = 16;
const TAG_BYTES = 32;

type Hash = { cost: Argon2Cost; salt: Buffer; tag: Buffer };

/** What a password is held against where there is no account: nobody's, at the cost of anybody's. */
const NOBODYS: Hash = { cost: COST, salt: randomBytes(SALT_BYTES), tag: randomBytes(TAG_BYTES) };

/** A new password as it is stored, in the PHC string format; `busy` when too many are being hashed. */
export async function hashPassword(ctx: Context, password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const tag = await derive(ctx, password, { cost: COST, salt }, TAG_BYTES);
  return encode({ cost: COST, salt, tag });
}

/**
 * Whether this is the password that was hashed. With null, where no account has that name, the answer is no and takes
 * the same one run of argon2id; `busy` when too many are being hashed.
 */
export async function verifyPassword(ctx: Context, password: string, stored: string | null): Promise<boolean> {
  const hash = stored === null ? NOBODYS : decode(stored);
  const tag = await derive(ctx, password, hash, hash.tag.length);
  return timingSafeEqual(tag, hash.tag) && stored !== null;
}

/** Whether it was hashed at another cost than passwords are today. */
export function isOutdated(stored: string): boolean {
  const { cost } = decode(stored);
  return cost.memoryKiB !== COST.memoryKiB || cost.passes !== COST.passes || cost.parallelism !== COST.parallelism;
}

/** Composed as RFC 8265 (OpaqueString) has it, so that the same password typed on another system is the same bytes. */
async function derive(
  ctx: Context,
  password: string,
  { cost, salt }: Pick<Hash, 'cost' | 'salt'>,
  tagBytes: number,
): Promise<Buffer> {
  const input: Argon2Input = { ...cost, password: password.normalize('NFC'), salt, tagBytes };
  const tag = ctx.argon2.derive(input);
  if (tag === null) {
    throw new VigiaError('busy', 'Too many passwords are being checked at once; try again', { retryAfterSeconds: 1 });
  }
  return await tag;
}

/** https://github.com/P-H-C/phc-string-format: base64 without padding; 19 is argon2's version 1.3. */
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

function encode({ cost: { memoryKiB, passes, parallelism }, salt, tag }: Hash): string {
  const [saltText, tagText] = [salt, tag].map((bytes) => bytes.toString('base64').replace(/=+$/, ''));
  return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${parallelism}$${saltText}$${tagText}`;
}

function decode(stored: string): Hash {
  const [, memoryKiB, passes, parallelism, salt = '', tag = ''] = PHC.exec(stored) ?? [];
  if (memoryKiB === undefined) throw new Error('a stored password is not an argon2id hash in the PHC string format');
  return {
    cost: { memoryKiB: Number(memoryKiB), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}
