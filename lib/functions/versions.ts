import * as z from 'zod';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { withRedis } from '#lib/redis';
import { functionState } from '#lib/schemas/function';
import {
  type CodeVersion,
  codeVersion,
  type FunctionRecord,
  type ListedVersion,
  type VersionOutcome,
  versionOutcome,
} from '#lib/schemas/record';
import { readRecord } from './records.ts';

const storedVersion = codeVersion.omit({ number: true });

/** How many versions are listed, and how many bytes of them are kept to be rolled back to. */
const MOST = { versions: 50, bytes: 128 * 1024 * 1024 } as const;

/** Every version of a function's code, the newest first. */
export async function listVersions(ctx: Context, { name }: { name: string }): Promise<ListedVersion[]> {
  await readRecord(ctx, name);
  const { redis, keys } = ctx;
  const [versions, outcomes, state] = await withRedis(() =>
    Promise.all([
      redis.hgetall(keys.versions(name)),
      redis.hgetall(keys.versionOutcomes(name)),
      redis.get(keys.functionState(name)),
    ]),
  );
  const live = state === null ? null : functionState.parse(JSON.parse(state)).versionNumber;
  const listed = parseVersions(versions);
  const kept = await withRedis(() => Promise.all(listed.map(({ sha256 }) => redis.exists(keys.code(name, sha256)))));
  return listed.map((version, index) => ({
    ...version,
    ...parseOutcome(outcomes[version.number]),
    isLive: version.number === live,
    isKept: kept[index] === 1,
  }));
}

/** One version with what became of it; `not_found` like {@link readVersion}. */
export async function readListedVersion(
  ctx: Context,
  { name, number }: { name: string; number: number },
): Promise<ListedVersion> {
  const version = (await listVersions(ctx, { name })).find((each) => each.number === number);
  if (version === undefined) throw noSuchVersion(name, number);
  return version;
}

/** `not_found` when the function never had it, or has dropped it. */
export async function readVersion(ctx: Context, name: string, number: number): Promise<CodeVersion> {
  const text = await withRedis(() => ctx.redis.hget(ctx.keys.versions(name), String(number)));
  if (text === null) throw noSuchVersion(name, number);
  return { number, ...storedVersion.parse(JSON.parse(text)) };
}

function noSuchVersion(name: string, number: number): VigiaError {
  return new VigiaError('not_found', `${name} has no version ${number}`);
}

/** Remembers that a version went live, or why it did not load. */
export async function noteOutcome(
  ctx: Context,
  name: string,
  number: number,
  news: Partial<VersionOutcome>,
): Promise<void> {
  const key = ctx.keys.versionOutcomes(name);
  await withRedis(async () => {
    const before = parseOutcome((await ctx.redis.hget(key, String(number))) ?? undefined);
    await ctx.redis.hset(key, String(number), JSON.stringify({ ...before, ...news }));
  });
}

/** Drops what is too old or too much, but nothing that runs or is to run. */
export async function dropOldVersions(ctx: Context, record: FunctionRecord): Promise<void> {
  const { redis, keys } = ctx;
  const { name, deployment, overrides } = record;
  const all = await listVersions(ctx, { name });
  const wanted = [overrides.code?.version, deployment?.code.version, deployment?.code.standIn];
  const needed = ({ number, isLive }: ListedVersion) => isLive || wanted.includes(number);
  const dropped = all.filter((version, index) => index >= MOST.versions && !needed(version));
  let bytes = 0;
  const texts = new Set<string>();
  for (const version of all.filter((each) => !dropped.includes(each))) {
    if (!texts.has(version.sha256)) bytes += version.bytes;
    if (bytes <= MOST.bytes || needed(version)) texts.add(version.sha256);
  }
  const unused = new Set(all.filter(({ isKept, sha256 }) => isKept && !texts.has(sha256)).map(({ sha256 }) => sha256));
  const numbers = dropped.map(({ number }) => String(number));
  await withRedis(() =>
    Promise.all([
      ...[...unused].map((sha256) => redis.unlink(keys.code(name, sha256))),
      ...(numbers.length === 0
        ? []
        : [redis.hdel(keys.versions(name), ...numbers), redis.hdel(keys.versionOutcomes(name), ...numbers)]),
    ]),
  );
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
