import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import type { Context } from '#lib/context';
import { messageOf, VigiaError } from '#lib/errors';
import { lifetimes } from '#lib/keys';
import { invalid } from '#lib/parse-input';
import { withRedis } from '#lib/redis';

/** How long an equal request that comes meanwhile waits for the first one. */
const PATIENCE_MS = 30_000;
const LOOK_MS = 50;
/** A claim whose answer does not come is nobody's, and gone by itself after this. */
const CLAIM_MS = 2_000;

/** An answer as text, so that it can be given again word for word. */
const keptAnswer = z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.string() });
export type KeptAnswer = z.infer<typeof keptAnswer>;

/** `answer` is null while the work is under way; then `owner` is who does it. */
const entry = z.object({ fingerprint: z.string(), owner: z.string(), answer: z.string().nullable() });
type Entry = z.infer<typeof entry>;

/** KEYS: entry; ARGV: expected text. Lets it go only if it is still ours. */
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`;

/** KEYS: entry; ARGV: expected text, ms. Keeps it for the work if it is still ours. */
const LENGTHEN = `return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('PEXPIRE', KEYS[1], ARGV[2]) or 0`;

type OnceRequest = {
  uid: number;
  /** The client's own name for what it wants: `Idempotency-Key`. */
  key: string;
  /** All that makes a request another one: bytes, and values of JSON. */
  wants: readonly unknown[];
};

/**
 * Does `work` once for all equal requests of 24 h: others get the first one's answer. A refusal is not kept, so that what
 * was put right can be tried again. `invalid` when the key was used for something else.
 *
 * Answers may hold what is shown once, such as a new token. So they are encrypted with the client's key, and Redis has
 * only a hash of that: who reads Redis, reads no answer, provided that the key cannot be guessed.
 */
export async function once(
  ctx: Context,
  { uid, key, wants }: OnceRequest,
  work: () => Promise<KeptAnswer>,
): Promise<KeptAnswer> {
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw invalid([{ path: 'Idempotency-Key', code: 'wrong_format', message: 'must be 1 to 255 visible characters' }]);
  }
  const at = ctx.keys.idempotency(uid, createHash('sha256').update(key).digest('base64url'));
  const fingerprint = fingerprintOf(key, wants);
  const mine = JSON.stringify({ fingerprint, owner: randomBytes(12).toString('base64url'), answer: null });
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await wait(LOOK_MS)) {
    const known = await claim(ctx, at, mine);
    if (known === null) return await perform(ctx, at, mine, key, work);
    if (known.fingerprint !== fingerprint) {
      throw invalid([{ path: 'Idempotency-Key', code: 'reused', message: 'was used for another request' }]);
    }
    if (known.answer !== null) return keptAnswer.parse(JSON.parse(open(known.answer, key)));
  }
  throw new VigiaError('busy', 'An equal request is still under way');
}

/** Null when it is ours now; otherwise what is there. */
async function claim(ctx: Context, at: string, mine: string): Promise<Entry | null> {
  const { redis } = ctx;
  const there = await withRedis(() => redis.set(at, mine, 'PX', CLAIM_MS, 'NX', 'GET'));
  if (there !== null) return entry.parse(JSON.parse(there));
  const isOurs = await withRedis(() => redis.eval(LENGTHEN, 1, at, mine, lifetimes.idempotentWork));
  return isOurs === 1 ? null : await claim(ctx, at, mine);
}

async function perform(
  ctx: Context,
  at: string,
  mine: string,
  key: string,
  work: () => Promise<KeptAnswer>,
): Promise<KeptAnswer> {
  let answer: KeptAnswer;
  try {
    answer = await work();
  } catch (error) {
    // What Redis does not forget now, it forgets by itself.
    await ctx.redis.eval(RELEASE, 1, at, mine).catch(() => {});
    throw error;
  }
  const kept = { ...entry.parse(JSON.parse(mine)), answer: seal(JSON.stringify(answer), key) };
  try {
    await ctx.redis.set(at, JSON.stringify(kept), 'PX', lifetimes.idempotency);
  } catch (error) {
    // It is done: to say that it failed would be wrong, and invite another one.
    ctx.log.error({ reason: messageOf(error) }, 'cannot keep the answer to a request that must work once');
  }
  return answer;
}

/** Keyed, because a body may hold a password that a plain hash would let somebody guess. */
function fingerprintOf(key: string, wants: OnceRequest['wants']): string {
  const hmac = createHmac('sha256', key);
  for (const want of wants) {
    const part = Buffer.isBuffer(want) ? want : sayingOf(want);
    hmac.update(`${Buffer.byteLength(part)}:`).update(part);
  }
  return hmac.digest('base64url');
}

/** The same text for all values that say the same. */
function sayingOf(want: unknown): string {
  try {
    return JSON.stringify(want, inOrder) ?? '';
  } catch (cause) {
    // To read JSON takes no stack, to write it does.
    throw invalid([{ path: '', code: 'refused', message: 'must not be nested so deeply' }], { cause });
  }
}

/** The names of an object have no order that would mean anything. */
function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const cipherKey = (key: string) => createHmac('sha256', key).update('vigia: kept answer').digest();

function seal(text: string, key: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', cipherKey(key), nonce);
  const sealed = [nonce, cipher.update(text, 'utf8'), cipher.final()];
  return Buffer.concat([...sealed, cipher.getAuthTag()]).toString('base64');
}

function open(sealed: string, key: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', cipherKey(key), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
}
