import { hash, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { asAdmin } from '#lib/auth/as-admin';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { lifetimes } from '#lib/keys';
import { invalid, parseInput } from '#lib/parse-input';
import { withRedis } from '#lib/redis';
import type { FunctionRecord } from '#lib/schemas/record';
import { type TryOptions, type TryReport, type TryRun, tryOptions } from '#lib/schemas/try';
import { lendParts } from './code-parts.ts';
import { checkCode, type Handed } from './deploy-code.ts';
import { isCodeKept, type NewCode } from './keep-code.ts';
import { settingsInForce } from './layers.ts';
import { readRecord } from './records.ts';
import { parseState } from './state-of.ts';
import { liveInput, pastedInput } from './try-input.ts';
import { askForTry, lookAtTry, remindOfTries, type TryRequest, withdrawTry } from './try-requests.ts';
import { readVersion } from './versions.ts';

/** How often the answer is looked for; a subscription would need a connection, and could lose the one message that counts. */
const LOOK_MS = 40;
const REMIND_MS = 1_000;

/** Code that is handed in, or a version that is kept. */
export type Trial = TryOptions & { name: string; code?: Handed | undefined };

/**
 * Runs code once, as the function would be called now, in a host of its own on some runtime; nothing of the function
 * changes. `unavailable`: no runtime is there to run it, or the one that took it has ended; `busy`: too many are under way;
 * `invalid`: the code or the input cannot be used; `not_found`: no such function or version, or its input key is empty.
 */
export async function tryCode(ctx: Context, caller: Caller | null, trial: Trial): Promise<TryReport> {
  const by = asAdmin(caller);
  const { name, code } = trial;
  const { version, env = 'copy', ...instead } = parseInput(tryOptions, trial);
  if (code !== undefined && version !== undefined)
    throw invalid([{ path: 'version', code: 'refused', message: 'must not be given together with code' }]);
  const draft = code === undefined ? null : await checkCode(code, by);
  const record = await readRecord(ctx, name);
  const { handler, timeoutMs, inputKey, outputKey } = settingsInForce(record);
  const input = instead.input === undefined ? await liveInput(ctx, name, inputKey) : pastedInput(instead.input);
  const id = randomBytes(12).toString('hex');
  try {
    const request: TryRequest = {
      name,
      code: draft === null ? await keptCode(ctx, record, version) : await lendCode(ctx, id, draft),
      settings: { handler: instead.handler ?? handler, timeoutMs, inputKey, outputKey },
      env,
    };
    const run = await withRedis(() => askAndWait(ctx, id, request, input.text));
    return { ...run, env, input: input.shown };
  } finally {
    // What Redis does not forget now, it forgets by itself.
    await withdrawTry(ctx, id).catch(() => {});
  }
}

/** A version that is kept; the one that is to run, where no number is given. */
async function keptCode(ctx: Context, record: FunctionRecord, number?: number): Promise<TryRequest['code']> {
  const { name, overrides, deployment } = record;
  const chosen = number ?? overrides.code?.version ?? deployment?.code.version ?? (await liveVersion(ctx, name));
  if (chosen === null) throw new VigiaError('not_found', `${name} has no version yet`);
  const version = await readVersion(ctx, name, chosen);
  if (!(await isCodeKept(ctx, name, version.sha256)))
    throw new VigiaError('not_found', `The code of version ${chosen} is not kept any more`);
  return { ...version, key: ctx.keys.code(name, version.sha256) };
}

async function liveVersion({ redis, keys }: Context, name: string): Promise<number | null> {
  return parseState(await withRedis(() => redis.get(keys.functionState(name))))?.versionNumber ?? null;
}

/** Puts a draft where the runtime that takes the request finds it. */
async function lendCode(ctx: Context, id: string, { content, ...about }: NewCode): Promise<TryRequest['code']> {
  const key = ctx.keys.tries.code(id);
  // As long as the request can wait, and then be read.
  await withRedis(() => lendParts(ctx, key, content, 2 * lifetimes.try));
  return { ...about, sha256: hash('sha256', content), at: Date.now(), key };
}

async function askAndWait(ctx: Context, id: string, request: TryRequest, input: Buffer): Promise<TryRun> {
  const endsAt = performance.now() + lifetimes.try;
  const asked = await askForTry(ctx, id, request, input);
  if (asked === 'nobody') throw nobodyThere();
  if (asked === 'busy') throw tooMany();
  let remindAt = performance.now() + REMIND_MS;
  for (;;) {
    const now = performance.now();
    const found = await lookAtTry(ctx, id);
    if (typeof found !== 'string') return found;
    if (found === 'gone') throw noAnswer();
    if (now >= endsAt) throw found === 'waiting' ? tooMany() : noAnswer();
    if (found === 'waiting' && now >= remindAt) {
      if (!(await remindOfTries(ctx))) throw nobodyThere();
      remindAt = now + REMIND_MS;
    }
    await delay(LOOK_MS);
  }
}

const nobodyThere = () => new VigiaError('unavailable', 'No runtime is there to run it');
const tooMany = () => new VigiaError('busy', 'Too many tries are under way; try again', { retryAfterSeconds: 1 });
const noAnswer = () => new VigiaError('unavailable', 'The runtime that took it has ended, or could not run it');
