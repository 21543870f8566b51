import { hash } from 'node:crypto';
import type { Context } from '#lib/context';
import { lifetimes } from '#lib/keys';
import { withRedis } from '#lib/redis';
import type { CodeVersion } from '#lib/schemas/record';
import { partsOf, readParts, writeParts } from './code-parts.ts';

/**
 * Numbers a version, unless the same one has a number already, and says of its text that it is whole: with `parts` in it,
 * it is. What is kept for a function that is not there yet goes if nobody makes it. 0 stands for parts that are missing.
 */
const SCRIPT = `
local record, versions, numbers, code = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local identity, version, parts = ARGV[1], ARGV[2], tonumber(ARGV[3])
if redis.call('HEXISTS', code, 'parts') == 0 then
  if redis.call('HLEN', code) ~= parts then return 0 end
  redis.call('HSET', code, 'parts', parts)
end
local number = redis.call('HGET', numbers, identity)
if not number then
  number = redis.call('HINCRBY', versions, 'last', 1)
  redis.call('HSET', versions, number, version)
  redis.call('HSET', numbers, identity, number)
end
if redis.call('EXISTS', record) == 1 then
  redis.call('PERSIST', code)
else
  for i = 2, 4 do redis.call('PEXPIRE', KEYS[i], ${lifetimes.unfinishedCode}) end
end
return tonumber(number)
`;

export type NewCode = Omit<CodeVersion, 'number' | 'sha256' | 'bytes' | 'at'> & { content: Buffer };

/** Keeps one version of a function's code and returns its number; the same code again is the same version. */
export async function keepCode(ctx: Context, name: string, { content, ...about }: NewCode): Promise<number> {
  const { redis, keys } = ctx;
  const version = { ...about, sha256: hash('sha256', content), bytes: content.length, at: Date.now() };
  const code = keys.code(name, version.sha256);
  const touched = [keys.record(name), keys.versions(name), keys.versionsByContent(name), code];
  const args = [identityOf(version), JSON.stringify(version), partsOf(content)];
  return await withRedis(async () => {
    let number = 0;
    while (number === 0) {
      await writeParts(ctx, code, content, lifetimes.unfinishedCode);
      number = Number(await redis.eval(SCRIPT, touched.length, ...touched, ...args));
    }
    return number;
  });
}

/** What makes two versions the same. */
export function identityOf(version: Pick<CodeVersion, 'sha256' | 'kind' | 'language' | 'entry' | 'fileName'>): string {
  const { sha256, kind, language, entry, fileName } = version;
  return JSON.stringify([sha256, kind, language, entry, fileName]);
}

/** Whether the text of a version is there, all of it. */
export async function isCodeKept({ redis, keys }: Context, name: string, sha256: string): Promise<boolean> {
  return (await withRedis(() => redis.hexists(keys.code(name, sha256), 'parts'))) === 1;
}

/** The text or archive of a version; null when it is not kept any more. */
export async function readCode(ctx: Context, name: string, sha256: string): Promise<Buffer | null> {
  return await withRedis(() => readParts(ctx, ctx.keys.code(name, sha256)));
}
