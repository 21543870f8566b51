import { createHash } from 'node:crypto';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { lifetimes } from '#lib/keys';
import { withRedis } from '#lib/redis';
import { addressGroup } from './client-address.ts';
import type { UserRecord } from './user-record.ts';

/** The account that is tried; failures are those of one password, so that a new one can be used at once. */
type Tried = Pick<UserRecord, 'uid' | 'passwordChangedAt'>;

/**
 * Failures within a quarter of an hour, after which the next try must wait.
 *
 * `together`: one address guesses at one account. `address`: it tries its luck with many. `account`: many addresses
 * guess at one; a hundred is far beyond what a person mistypes, and still no more than 9,600 guesses a day. A stranger with
 * ten addresses can use that up, so it does not count, and neither does `address`, from where the account's owner has
 * signed in within 30 days: nobody can lock them out of there from elsewhere.
 */
export const attemptLimits = { together: 10, address: 50, account: 100 } as const;

/**
 * KEYS: together, address, account, known; ARGV: window, and the three limits. Counts the try before it is known how it
 * ends, so that a hundred at once are not a hundred free ones. Answers how long to wait (ms), 0 for not at all.
 */
const BEGIN = `
local function wait(key, limit)
  local failures = tonumber(redis.call('GET', key) or '0')
  return failures >= tonumber(limit) and math.max(1, redis.call('PTTL', key)) or 0
end
local longest = wait(KEYS[1], ARGV[2])
if redis.call('EXISTS', KEYS[4]) == 0 then
  longest = math.max(longest, wait(KEYS[2], ARGV[3]), wait(KEYS[3], ARGV[4]))
end
if longest > 0 then return longest end
for i = 1, 3 do
  if redis.call('INCR', KEYS[i]) == 1 then redis.call('PEXPIRE', KEYS[i], ARGV[1]) end
end
return 0
`;

/** KEYS as before. Takes the try back; never makes a counter that would not expire. */
const TAKE_BACK = `
for i = 1, 3 do
  if redis.call('EXISTS', KEYS[i]) == 1 and redis.call('DECR', KEYS[i]) <= 0 then redis.call('DEL', KEYS[i]) end
end
`;

/** The same after a success, which makes the address a known one. */
const SUCCEED = `
${TAKE_BACK}
redis.call('SET', KEYS[4], '1', 'PX', ARGV[1])
`;

/** One try, which counts as failed until something else is known. */
type Attempt = {
  /** What failed before stays counted. */
  succeeded(): Promise<void>;
  /** It was not decided: argon2 was busy, or Redis went away. */
  withdrawn(): Promise<void>;
};

/** Begins a try to prove a password; `limited` says after how many seconds the next one may be. */
export async function beginAttempt(
  ctx: Context,
  { login, record, address }: { login: string; record: Tried | null; address: string },
): Promise<Attempt> {
  const { redis, keys, log } = ctx;
  const account = record === null ? unknownAccount(login) : triedAccount(record);
  const from = addressGroup(address);
  const counters = [
    keys.accounts.attempts(together(account, from)),
    keys.accounts.attempts(`address:${from}`),
    keys.accounts.attempts(`account:${account}`),
    keys.accounts.knownAddress(record === null ? account : `${record.uid}`, from),
  ];
  const limits = [attemptLimits.together, attemptLimits.address, attemptLimits.account];
  const waitMs = Number(await withRedis(() => redis.eval(BEGIN, 4, ...counters, lifetimes.attempts, ...limits)));
  if (waitMs > 0) {
    log.warn({ uid: record?.uid ?? null, address }, 'too many failed sign-ins: not trying the password');
    throw new VigiaError('limited', 'Too many failed tries; wait before the next one', {
      retryAfterSeconds: Math.ceil(waitMs / 1_000),
    });
  }
  return {
    async succeeded() {
      await withRedis(() => redis.eval(SUCCEED, 4, ...counters, lifetimes.knownAddress));
    },
    async withdrawn() {
      await withRedis(() => redis.eval(TAKE_BACK, 4, ...counters));
    },
  };
}

/**
 * Forgets what failed for an account from its address, because a person has mistyped and then signed in. Not after each
 * proof of a password: beside a client that proves one each minute, a stranger behind the same address could guess on and on.
 * Nor what is counted for the address or the account alone: who has one account could guess at others.
 */
export async function forgiveAttempts(ctx: Context, record: Tried, { address }: { address: string }): Promise<void> {
  const counter = ctx.keys.accounts.attempts(together(triedAccount(record), addressGroup(address)));
  await withRedis(() => ctx.redis.del(counter));
}

function together(account: string, from: string): string {
  return `together:${account}:${from}`;
}

export function triedAccount({ uid, passwordChangedAt }: Tried): string {
  return `${uid}:${passwordChangedAt}`;
}

/** Names that do not exist are counted like those that do, and take no more room however long they are. */
function unknownAccount(login: string): string {
  return `?${createHash('sha256').update(login.toLowerCase()).digest('base64url')}`;
}
