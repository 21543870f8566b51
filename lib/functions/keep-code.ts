import { hash } from 'node:crypto';
import type { Context } from '#lib/context';
import { lifetimes } from '#lib/keys';
import { withRedis } from '#lib/redis';
import type { CodeVersion } from '#lib/schemas/record';
import { readParts, writeParts } from './code-parts.ts';

/** Numbers a version, unless the same one has a number already; either way its text is here to stay. */
const SCRIPT = `
local versions, numbers, code = KEYS[1], KEYS[2], KEYS[3]
redis.call('PERSIST', code)
local known = redis.call('HGET', numbers, ARGV[1])
if known and redis.call('HEXISTS', versions, known) == 1 then return tonumber(known) end
local number = redis.call('HINCRBY', versions, 'last', 1)
redis.call('HSET', versions, number, ARGV[2])
redis.call('HSET', numbers, ARGV[1], number)
return number
`;

export type NewCode = Omit<CodeVersion, 'number' | 'sha256' | 'bytes' | 'at'> & { content: Buffer };

/** Keeps one version of a function's code and returns its number; the same code again is the same version. */
export async function keepCode(ctx: Context, name: string, { content, ...about }: NewCode): Promise<number> {
  const { redis, keys } = ctx;
  const sha256 = hash('sha256', content);
  const version: Omit<CodeVersion, 'number'> = { ...about, sha256, bytes: content.length, at: Date.now() };
  const identity = JSON.stringify([sha256, about.kind, about.language, about.entry, about.fileName]);
  const code = keys.code(name, sha256);
  await withRedis(async () => {
    if ((await redis.hexists(code, 'parts')) === 0) await writeParts(ctx, code, content, lifetimes.unfinishedCode);
  });
  const number = await withRedis(() =>
    redis.eval(SCRIPT, 3, keys.versions(name), keys.versionsByContent(name), code, identity, JSON.stringify(version)),
  );
  return Number(number);
}

/** The text or archive of a version; null when it is not kept any more. */
export async function readCode(ctx: Context, name: string, sha256: string): Promise<Buffer | null> {
  return await withRedis(() => readParts(ctx, ctx.keys.code(name, sha256)));
}
