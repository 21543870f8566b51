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

function* month(now: number, spikeAt: number): Generator<RawEntry> {
  for (let at = now - 30 * DAY; at < now; at += at < now - 2 * HOUR ? MINUTE : 5_000) {
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
