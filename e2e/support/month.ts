import { contextOf, type RawEntry, writeRaw } from '#runtime/functions/history/history.fixture';
import { rollUpHistory } from '#runtime/functions/history/roll-up';
import type { RedisServer } from './redis-server.ts';
import { RoleUnderTest } from './role-under-test.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** What the function of the tests below gives at a time; its load is told by the time alone. */
export function resultAt(at: number): Record<string, number> {
  return {
    'avg-util-cpu0-60sec': loadAt(at),
    'avg-util-cpu1-60sec': 90,
    queue_length: 20,
    'disk.sda.usage_percent': 62.5,
    'net_io_counters-bytes_sent': Math.round(at / 1_000) * 2_048,
  };
}

/** 10 to 49, another one each second. */
export function loadAt(at: number): number {
  return 10 + (Math.floor(at / 1_000) % 40);
}

/** In which nothing ran, one for each tier of the history; `told`: a tier knows it to a bucket of its own. */
export const HOLES = [
  { ranges: ['15m', '1h'], ago: 10 * MINUTE, lengthMs: 3 * MINUTE, told: /for 3 min/ },
  { ranges: ['6h', '24h'], ago: 5 * HOUR, lengthMs: 20 * MINUTE, told: /for (19|20) min/ },
  { ranges: ['7d', '30d'], ago: 4 * DAY, lengthMs: 5 * HOUR, told: /for [45] h/ },
] as const;

function* month(now: number, spikeAt: number): Generator<RawEntry> {
  for (let at = now - 30 * DAY; at < now; at += at < now - 2 * HOUR ? MINUTE : 5_000) {
    if (HOLES.some(({ ago, lengthMs }) => at > now - ago && at < now - ago + lengthMs)) continue;
    const isSpike = at <= spikeAt && spikeAt < at + MINUTE;
    yield { at, result: JSON.stringify({ ...resultAt(at), ...(isSpike ? { queue_length: 1_000 } : {}) }) };
  }
}

/** A month of the function's history, rolled up as its runtime does it; one result, somewhere in it, is a spike. */
export async function writeMonth(redis: RedisServer, now: number, spikeAt: number): Promise<void> {
  await using under = new RoleUnderTest(redis.url, {});
  const ctx = contextOf(under);
  await writeRaw(ctx, under.config.function.name, month(now, spikeAt));
  await rollUpHistory(ctx, under.config.function.name);
}
