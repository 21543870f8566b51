import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RedisServer, startRedis } from '../../e2e/support/redis-server.ts';
import { RoleUnderTest } from '../../e2e/support/role-under-test.ts';
import { startFunctionsRole } from './role.ts';

type Sample = Record<string, number> & { timestamp: string };

const trace: Sample[] = readFileSync(join(import.meta.dirname, '../../e2e/fixtures/psutil-trace.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis[Symbol.asyncDispose]());

function microseconds({ timestamp }: Sample): bigint {
  const [second = '', fraction = ''] = timestamp.split('.');
  return BigInt(Date.parse(`${second}Z`)) * 1000n + BigInt(fraction);
}

/** The three metrics of the sample at `index`, straight from the recording. */
function expected(index: number) {
  const sample = trace[index];
  if (sample === undefined) throw new Error(`no sample ${index}`);
  const sent = sample['net_io_counters_eth0-bytes_sent'] ?? 0;
  const received = sample['net_io_counters_eth0-bytes_recv'] ?? 0;
  const cached = (sample['virtual_memory-cached'] ?? 0) + (sample['virtual_memory-buffers'] ?? 0);
  const now = microseconds(sample);
  const minute = trace.slice(0, index + 1).filter((earlier) => now - microseconds(earlier) < 60_000_000n);
  const average = (cpu: number) =>
    minute.reduce((sum, each) => sum + (each[`cpu_percent-${cpu}`] ?? Number.NaN), 0) / minute.length;
  return {
    egress: sent + received === 0 ? 0 : (100 * sent) / (sent + received),
    caching: (100 * cached) / (sample['virtual_memory-total'] ?? Number.NaN),
    cpus: [0, 1, 2, 3].map(average),
    timestamp: sample.timestamp,
  };
}

test.each([
  ['the built-in function', {}],
  ['a Python function with a deque of (datetime, float)', { FUNCTION_PATH: 'examples/functions/machine_metrics.py' }],
])(
  'a recorded hour through %s gives what the recording says, sample by sample',
  async (_name, settings) => {
    await using under = new RoleUnderTest(redis.url, {
      KEY_PREFIX: `replay-${_name.length}:`,
      REDIS_INPUT_KEY: `replay-${_name.length}`,
      REDIS_OUTPUT_KEY: `replayed-${_name.length}`,
      FUNCTION_INVOKE: 'change',
      MONITORING_PERIOD: '0.01',
      ...settings,
    });
    const results = await under.results();
    await under.redis.set(under.config.function.inputKey, JSON.stringify(trace[0]));
    await using _role = await startFunctionsRole(under.config, under.log);
    expect(trace).toHaveLength(720);
    for (const [index, sample] of trace.entries()) {
      if (index > 0) await under.redis.set(under.config.function.inputKey, JSON.stringify(sample));
      const { result, failure } = await results.next();
      expect(failure).toBeUndefined();
      const got = JSON.parse(result ?? '');
      const { egress, caching, cpus, timestamp } = expected(index);
      expect(got.timestamp).toBe(timestamp);
      expect(got['percent-network-egress']).toBeCloseTo(egress, 9);
      expect(got['percent-memory-caching']).toBeCloseTo(caching, 9);
      for (const [cpu, average] of cpus.entries()) expect(got[`avg-util-cpu${cpu}-60sec`]).toBeCloseTo(average, 9);
    }
  },
  60_000,
);
