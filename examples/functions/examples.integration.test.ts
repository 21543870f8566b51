import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Host } from '#runtime/functions/hosts/host';
import { Hosts } from '#runtime/functions/hosts/hosts';

type Sample = Record<string, number> & { timestamp: string };
type Result = Record<string, number>;

const trace: Sample[] = readFileSync(join(import.meta.dirname, '../../e2e/fixtures/psutil-trace.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

const { PATH = '', HOME = '' } = process.env;
const started = new AsyncDisposableStack();
afterAll(() => started.disposeAsync());
const hostsWith = (env: Record<string, string>) => started.use(new Hosts({ python: 'python3', env }));
const hosts = hostsWith({ PATH, HOME });

async function load(file: string, from = hosts): Promise<Host & { lines: string[] }> {
  const lines: string[] = [];
  const order = {
    name: file,
    path: join(import.meta.dirname, file),
    handler: 'handler',
    language: file.endsWith('.py')
      ? ('python' as const)
      : file.endsWith('.ts')
        ? ('typescript' as const)
        : ('javascript' as const),
    isolation: 'own' as const,
    log: (_stream: string, line: string) => lines.push(line),
  };
  const host = await from.start(order);
  expect(await host.load(30_000)).toBeNull();
  return Object.assign(host, { lines });
}

/** The results for these samples, one after another; null where there was none. */
async function run(host: Host, samples: readonly unknown[]): Promise<(Result | null)[]> {
  const results = [];
  for (const sample of samples) {
    const outcome = await host.invoke(Buffer.from(JSON.stringify(sample)), 10_000);
    if (outcome.kind === 'failed') throw new Error(outcome.failure.traceback ?? outcome.failure.message);
    results.push(outcome.kind === 'result' ? JSON.parse(outcome.text) : null);
  }
  return results;
}

test('the three metrics are the same in Python, in JavaScript and from the built-in TypeScript', async () => {
  await using python = await load('machine_metrics.py');
  await using javaScript = await load('machine-metrics.mjs');
  await using builtIn = await load('../../runtime/functions/builtin/machine-metrics.ts');
  const samples = trace.slice(0, 11);
  const results = await run(python, samples);
  const last = results.at(-1);
  expect(last?.['avg-util-cpu2-60sec']).toBeCloseTo(
    samples.reduce((sum, sample) => sum + (sample['cpu_percent-2'] ?? 0), 0) / samples.length,
    9,
  );
  for (const other of [await run(javaScript, samples), await run(builtIn, samples)]) {
    for (const [index, result] of results.entries()) {
      for (const [name, value] of Object.entries(result ?? {})) {
        if (typeof value === 'number') expect(other[index]?.[name], name).toBeCloseTo(value, 9);
        else expect(other[index]?.[name]).toBe(value);
      }
    }
  }
});

test('network rates come from two samples, and nothing from one that is read twice', async () => {
  await using host = await load('network-rates.ts');
  const at = (second: number, sent: number) => ({
    timestamp: `2025-12-04 22:23:${second}.000000`,
    'net_io_counters_eth0-bytes_sent': sent,
    'net_io_counters_eth0-bytes_recv': 0,
  });
  expect(await run(host, [at(10, 1000), at(10, 1000), at(15, 6000), at(20, 0)])).toEqual([
    null,
    null,
    { 'eth0.out_bytes_per_second': 1000, 'eth0.in_bytes_per_second': 0 },
    { 'eth0.out_bytes_per_second': 0, 'eth0.in_bytes_per_second': 0 },
  ]);
});

function hasNumpy(): boolean {
  try {
    execFileSync('python3', ['-c', 'import numpy'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test.skipIf(!hasNumpy())('numpy percentiles over the window (skipped where python3 has no numpy)', async () => {
  await using host = await load('numpy_percentiles.py');
  const constant = { 'cpu_percent-0': 10, 'cpu_percent-1': 30 };
  const results = await run(host, [constant, constant, constant]);
  expect(results.at(-1)).toEqual({ cpu_percent_p50: 20, cpu_percent_p90: 30, cpu_percent_p99: 30, busiest_cpu: 1 });
});

test('an anomaly is far from its own past, is said in the log, and does not become normal', async () => {
  await using host = await load('anomaly.py');
  const quiet = Array.from({ length: 30 }, (_, index) => ({ 'cpu_percent-0': 10 + (index % 3) }));
  const results = await run(host, [
    ...quiet,
    { 'cpu_percent-0': 95 },
    { 'cpu_percent-0': 95 },
    { 'cpu_percent-0': 11 },
  ]);
  expect(results.map((result) => result?.unusual)).toEqual([...quiet.map(() => 0), 1, 1, 0]);
  expect(results[30]?.z_score).toBeGreaterThan(10);
  await expect.poll(() => host.lines.filter((line) => line.startsWith('load 95.0 %')).length).toBe(2);
});

describe('the alert', () => {
  test('rings once when memory runs short and once when it is well', async () => {
    const bodies: unknown[] = [];
    const server = createServer(async (request, response) => {
      bodies.push(JSON.parse(Buffer.concat(await request.toArray()).toString()));
      response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await using host = await load(
      'alert.py',
      hostsWith({ PATH, HOME, ALERT_WEBHOOK: `http://127.0.0.1:${port}/hook` }),
    );
    const at = (percent: number) => ({ timestamp: '2025-12-04 22:23:00', 'virtual_memory-percent': percent });
    const results = await run(host, [50, 91, 95, 85, 79, 85].map(at));
    server.close();
    expect(results.map((result) => result?.alert)).toEqual([0, 1, 1, 1, 0, 0]);
    expect(bodies).toEqual([
      { text: 'memory is 91 % used', timestamp: '2025-12-04 22:23:00' },
      { text: 'memory is well again: 79 % used', timestamp: '2025-12-04 22:23:00' },
    ]);
  });
});

test('health comes from another function’s output', async () => {
  await using metrics = await load('machine_metrics.py');
  await using health = await load('health.mjs');
  const [output] = await run(metrics, trace.slice(0, 1));
  const [result] = await run(health, [output]);
  const cpus = [0, 1, 2, 3].map((cpu) => trace[0]?.[`cpu_percent-${cpu}`] ?? 0);
  const mean = cpus.reduce((sum, value) => sum + value, 0) / cpus.length;
  expect(result?.health_percent).toBeCloseTo(100 - (mean + Math.max(...cpus)) / 2, 9);
  expect(await run(health, [{ nothing: 1 }])).toEqual([null]);
});

test('a function of several files finds its own modules', async () => {
  await using host = await load('multi_file/main.py');
  const [first, second] = await run(host, trace.slice(0, 2));
  expect(first).toBeNull();
  expect(second?.context_switches_per_second).toBeCloseTo((9_253_467 - 9_002_085) / 5.000026, 3);
});
