import * as z from 'zod';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { withRedis } from '#lib/redis';
import { functionState } from '#lib/schemas/function';
import {
  BUILT_IN,
  type CodeVersion,
  codeVersion,
  type FunctionRecord,
  type ListedVersion,
  type VersionOutcome,
  versionOutcome,
} from '#lib/schemas/record';
import { identityOf, isCodeKept } from './keep-code.ts';

/** A version as people see it in a history. */
export const shortVersion = (sha256: string): string => sha256.slice(0, 7);

const storedVersion = codeVersion.omit({ number: true });
const runningVersion = functionState.pick({ versionNumber: true });

/** How many versions are listed, and how many bytes of them are kept to be rolled back to. */
export const MOST = { versions: 50, bytes: 128 * 1024 * 1024 } as const;

/** Sets what became of a version that is still listed, if that is what it was. */
const NOTE = `
local versions, outcomes = KEYS[1], KEYS[2]
if redis.call('HEXISTS', versions, ARGV[1]) == 0 then return 1 end
if (redis.call('HGET', outcomes, ARGV[1]) or '') ~= ARGV[2] then return 0 end
redis.call('HSET', outcomes, ARGV[1], ARGV[3])
return 1
`;

/** Drops versions and texts, unless the function has been changed since it was decided which; ARGV: number, identity, … */
const DROP = `
local registry, versions, numbers, outcomes = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
if redis.call('HGET', registry, ARGV[1]) ~= ARGV[2] then return end
for i = 5, #KEYS do redis.call('UNLINK', KEYS[i]) end
for i = 3, #ARGV, 2 do
  redis.call('HDEL', versions, ARGV[i])
  redis.call('HDEL', outcomes, ARGV[i])
  if redis.call('HGET', numbers, ARGV[i + 1]) == ARGV[i] then redis.call('HDEL', numbers, ARGV[i + 1]) end
end
`;

/** Every version of a function's code, the newest first. */
export async function versionsOf(ctx: Context, name: string): Promise<ListedVersion[]> {
  const { redis, keys } = ctx;
  const [versions, outcomes, state] = await withRedis(() =>
    Promise.all([
      redis.hgetall(keys.versions(name)),
      redis.hgetall(keys.versionOutcomes(name)),
      redis.get(keys.functionState(name)),
    ]),
  );
  const live = state === null ? null : runningVersion.parse(JSON.parse(state)).versionNumber;
  const listed = parseVersions(versions);
  const kept = await Promise.all(listed.map(({ sha256 }) => isCodeKept(ctx, name, sha256)));
  return listed.map((version, index) => ({
    ...version,
    ...parseOutcome(outcomes[version.number]),
    isLive: version.number === live,
    isKept: kept[index] === true,
  }));
}

/** The number of each listed version by the first digits of its sha256, which results have; of the same code, the newest. */
export async function versionNumbers(ctx: Context, name: string): Promise<Record<string, number>> {
  const versions = parseVersions(await withRedis(() => ctx.redis.hgetall(ctx.keys.versions(name))));
  return Object.fromEntries(versions.reverse().map(({ sha256, number }) => [shortVersion(sha256), number]));
}

/** `not_found` when the function never had it, or has dropped it. */
export async function readVersion(ctx: Context, name: string, number: number): Promise<CodeVersion> {
  const text = await withRedis(() => ctx.redis.hget(ctx.keys.versions(name), String(number)));
  if (text === null) throw noSuchVersion(name, number);
  return { number, ...storedVersion.parse(JSON.parse(text)) };
}

export function noSuchVersion(name: string, number: number): VigiaError {
  return new VigiaError('not_found', `${name} has no version ${number}`);
}

/** Remembers that a version went live, or why it did not load. */
export async function noteOutcome(
  ctx: Context,
  name: string,
  number: number,
  news: Partial<VersionOutcome>,
): Promise<void> {
  const { redis, keys } = ctx;
  const key = keys.versionOutcomes(name);
  await withRedis(async () => {
    let done: unknown = 0;
    while (done === 0) {
      const before = await redis.hget(key, String(number));
      const after = JSON.stringify({ ...parseOutcome(before ?? undefined), ...news });
      done = await redis.eval(NOTE, 2, keys.versions(name), key, number, before ?? '', after);
    }
  });
}

/**
 * Forgets why what is to run from now on did not load before: that says nothing of what it does now. `chosen` is null for what
 * the deployment says.
 */
export async function forgetFailures(ctx: Context, record: FunctionRecord, chosen: number | null): Promise<void> {
  const { version = null, standIn = null } = record.deployment?.code ?? {};
  const numbers = chosen === null ? [version, standIn].filter((number) => number !== null) : [chosen];
  const { redis, keys } = ctx;
  const { name } = record;
  const [versions, outcomes] = await withRedis(() =>
    Promise.all([redis.hgetall(keys.versions(name)), redis.hgetall(keys.versionOutcomes(name))]),
  );
  for (const { number, source } of parseVersions(versions)) {
    const isToRun = numbers.length === 0 ? source === BUILT_IN : numbers.includes(number);
    const { failure } = parseOutcome(outcomes[number]);
    if (isToRun && failure !== null) await noteOutcome(ctx, name, number, { failure: null });
  }
}

/**
 * Drops what is too old or too much, but nothing that runs or is to run. The record has been written by then, so a failure
 * is only said: the next change drops it.
 */
export async function dropOldVersions(ctx: Context, record: FunctionRecord): Promise<void> {
  try {
    await drop(ctx, record);
  } catch (error) {
    ctx.log.warn({ function: record.name, err: error }, 'old versions are not dropped');
  }
}

async function drop(ctx: Context, record: FunctionRecord): Promise<void> {
  const { redis, keys } = ctx;
  const { name, revision, deployment, overrides, chosenBefore } = record;
  const all = await versionsOf(ctx, name);
  const inItsPlace = all.some(({ isLive }) => isLive) ? [] : chosenBefore;
  const wanted = [overrides.code?.version, ...inItsPlace, deployment?.code.version, deployment?.code.standIn];
  const needed = ({ number, isLive }: ListedVersion) => isLive || wanted.includes(number);
  const dropped = all.filter((version, index) => index >= MOST.versions && !needed(version));
  let bytes = 0;
  const texts = new Set<string>();
  for (const version of all) {
    if (!version.isKept || dropped.includes(version) || texts.has(version.sha256)) continue;
    if (!needed(version) && bytes + version.bytes > MOST.bytes) continue;
    texts.add(version.sha256);
    bytes += version.bytes;
  }
  const unused = new Set(all.filter(({ isKept, sha256 }) => isKept && !texts.has(sha256)).map(({ sha256 }) => sha256));
  if (dropped.length === 0 && unused.size === 0) return;
  const touched = [keys.registry, keys.versions(name), keys.versionsByContent(name), keys.versionOutcomes(name)];
  const codes = [...unused].map((sha256) => keys.code(name, sha256));
  const args = [name, revision, ...dropped.flatMap((version) => [version.number, identityOf(version)])];
  await withRedis(() => redis.eval(DROP, touched.length + codes.length, ...touched, ...codes, ...args));
}

function parseVersions(fields: Record<string, string>): CodeVersion[] {
  const { last: _last, ...texts } = fields;
  const numbers = z.array(z.coerce.number().int()).parse(Object.keys(texts));
  return numbers
    .sort((a, b) => b - a)
    .map((number) => ({ number, ...storedVersion.parse(JSON.parse(texts[number] ?? '')) }));
}

function parseOutcome(text: string | undefined): VersionOutcome {
  return text === undefined ? { liveAt: null, failure: null } : versionOutcome.parse(JSON.parse(text));
}
