/**
 * What the history of one function costs: how an entry of a rolled-up tier is best written, what all of it takes in
 * Redis, and how long a query of 30 days takes. `node bench/history-cost.ts`; needs a `redis-server`.
 */
import { Redis } from 'ioredis';
import { loadConfig } from '#lib/config';
import { type Context, createContext } from '#lib/context';
import { rolledTiers } from '#lib/functions/history-tiers';
import { readWindow } from '#lib/functions/read-window';
import { createLog } from '#lib/log';
import type { Rollup } from '#lib/series/rollup';
import { decodeRollup, encodeRollup } from '#lib/series/rollup-codec';
import { startRedis } from '../e2e/support/redis-server.ts';
import { BUCKETS, bucketsUpTo, now, PERIOD_MS, writeRaw, writeTier } from './support/full-history.ts';
import { median } from './support/statistics.ts';

const ROUNDS = 15;

type Encoding = { name: string; encode(bucket: Rollup): Buffer; decode(bytes: Buffer): unknown };

const columnsOf = ({ series }: Rollup) => [
  series.map(({ min }) => min),
  series.map(({ mean }) => mean),
  series.map(({ max }) => max),
  series.map(({ last }) => last),
];
const short = (value: number) => Number(value.toPrecision(7));
const json = (of: (bucket: Rollup) => unknown): Pick<Encoding, 'encode' | 'decode'> => ({
  encode: (bucket) => Buffer.from(JSON.stringify([bucket.good, 'abc1234', of(bucket)])),
  decode: (bytes) => JSON.parse(bytes.toString('utf8')),
});

function encodings(names: readonly string[]): Encoding[] {
  return [
    {
      name: 'JSON, names in each entry, 7 digits',
      ...json((bucket) =>
        Object.fromEntries(
          bucket.series.map(({ min, mean, max, last }, index) => [
            bucket.names[index],
            [min, mean, max, last].map(short),
          ]),
        ),
      ),
    },
    { name: 'JSON columns, all digits', ...json(columnsOf) },
    { name: 'JSON columns, 7 digits', ...json((bucket) => columnsOf(bucket).map((column) => column.map(short))) },
    {
      name: 'float64 columns',
      encode: (bucket) => Buffer.from(new Float64Array(columnsOf(bucket).flat()).buffer),
      decode: (bytes) => new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)),
    },
    {
      name: 'as it is written: flags, float32 or 64',
      encode: (bucket) => encodeRollup(bucket, '0123456789'),
      decode: (bytes) => decodeRollup(bytes, 0, () => names),
    },
  ];
}

function timed(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

function compareEncodings(buckets: readonly Rollup[]): void {
  for (const { name, encode, decode } of encodings(buckets[0]?.names ?? [])) {
    const rows = buckets.map(encode);
    const bytes = rows.reduce((sum, row) => sum + row.length, 0) / rows.length;
    const ms = median(Array.from({ length: ROUNDS }, () => timed(() => rows.forEach(decode))));
    console.log(
      `  ${name.padEnd(40)} ${bytes.toFixed(0).padStart(5)} B an entry, ${ms.toFixed(1).padStart(5)} ms for ${BUCKETS}`,
    );
  }
}

async function costInRedis(ctx: Context, cpus: number): Promise<void> {
  const { redis, keys } = ctx;
  const name = `f${cpus}`;
  await writeRaw(ctx, name, cpus);
  for (const tier of rolledTiers(ctx.config)) {
    const buckets = bucketsUpTo(tier, cpus);
    if (tier.name === '1m') compareEncodings(buckets);
    await writeTier(ctx, name, tier, buckets);
  }
  const usage = async (key: string) => Number(await redis.memory('USAGE', key, 'SAMPLES', 0));
  const kib = (bytes: number) => `${(bytes / 1024).toFixed(0)} KiB`;
  const raw = await usage(keys.history(name));
  let total = raw;
  console.log(`  in Redis: raw, 2 h: ${kib(raw)} (${kib(raw * 12)} a day while it is written)`);
  for (const { name: tier, keepMs } of rolledTiers(ctx.config)) {
    const bytes = (await usage(keys.historyTier(name, tier))) + (await usage(keys.tierSeries(name, tier)));
    total += bytes;
    console.log(
      `  in Redis: ${tier}: ${kib(bytes)}, ${(bytes / BUCKETS).toFixed(0)} B an entry, ${kib(bytes / (keepMs / 86_400_000))} a day`,
    );
  }
  console.log(`  in Redis: all tiers, full: ${kib(total)}`);
  const took: number[] = [];
  const input = { name, from: now - 30 * 86_400_000, to: now, periodMs: PERIOD_MS };
  for (let round = 0; round < ROUNDS; round++) {
    const startedAt = performance.now();
    await readWindow(ctx, input);
    took.push(performance.now() - startedAt);
  }
  console.log(
    `  query of 30 days: first ${took[0]?.toFixed(1)} ms, median ${median(took).toFixed(1)} ms, max ${Math.max(...took.slice(1)).toFixed(1)} ms`,
  );
}

await using server = await startRedis();
const redis = new Redis(server.url);
const log = createLog('bench', 'error', () => {});
const ctx = createContext(loadConfig({ ...process.env, REDIS_URL: server.url }), redis, log);
for (const cpus of [4, 14, 16]) {
  console.log(`${cpus} CPUs, ${cpus + 2} series, one invocation every ${PERIOD_MS / 1000} s`);
  await costInRedis(ctx, cpus);
}
redis.disconnect();
