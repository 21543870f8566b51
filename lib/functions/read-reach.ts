import type { Context } from '#lib/context';
import { extentOf, rolledTiers } from './history-tiers.ts';

/** When the oldest and the newest that any tier of a function's history holds were written; null when there is nothing. */
export async function readReach(ctx: Context, name: string): Promise<{ oldest: number; newest: number } | null> {
  const { keys, config } = ctx;
  const streams = [keys.history(name), ...rolledTiers(config).map((tier) => keys.historyTier(name, tier.name))];
  const extents = (await Promise.all(streams.map((key) => extentOf(ctx, key)))).filter((extent) => extent !== null);
  if (extents.length === 0) return null;
  return {
    oldest: Math.min(...extents.map(({ oldest }) => oldest)),
    newest: Math.max(...extents.map(({ newest }) => newest)),
  };
}
