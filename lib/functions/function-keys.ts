import type { Context } from '#lib/context';
import { rolledTierName } from '#lib/schemas/history';

/** Every key of one function but its record and the texts of its versions. */
export function keysOfFunction({ keys }: Context, name: string): string[] {
  return [
    keys.functionState(name),
    keys.functionEnv(name),
    keys.declarer(name),
    keys.lease(name),
    keys.fence(name),
    keys.versions(name),
    keys.versionsByContent(name),
    keys.versionOutcomes(name),
    keys.history(name),
    ...rolledTierName.options.flatMap((tier) => [keys.historyTier(name, tier), keys.tierSeries(name, tier)]),
    keys.invocations(name),
    keys.invocationTexts(name),
    keys.events(name),
  ];
}

/** The texts of every version that is listed, whether or not they are still kept. */
export async function codeKeysOf({ redis, keys }: Context, name: string): Promise<string[]> {
  const versions = await redis.hgetall(keys.versions(name));
  const texts = Object.entries(versions).filter(([number]) => number !== 'last');
  return [...new Set(texts.map(([, text]) => keys.code(name, String(JSON.parse(text).sha256))))];
}
