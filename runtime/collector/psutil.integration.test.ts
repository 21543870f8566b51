import { expect, test } from 'vitest';
import { keepBusy, pythonWithPsutil, type Reading, startPsutil } from '../../e2e/support/psutil-beside.ts';
import { startRedis } from '../../e2e/support/redis-server.ts';
import { createScene, spelledNumbers } from './collector.fixture.ts';
import { startCollector } from './collector.ts';

/** Memory moves between two readings on a busy machine; this much is not a different meaning. */
const MEMORY_SLACK = 256 * 1024 * 1024;
const PROCESS_SLACK = 50;
const BUSY_CPU = 0;

const title =
  pythonWithPsutil === undefined
    ? 'agrees with psutil run beside it (skipped: neither python3 nor /usr/bin/python3 has psutil)'
    : 'agrees with psutil run beside it';

test.skipIf(pythonWithPsutil === undefined)(title, async () => {
  const python = String(pythonWithPsutil);
  await using server = await startRedis();
  await using scene = await createScene(server.url, { COLLECT_PERIOD: '1' });
  await using psutil = startPsutil(python);
  await using _busy = await keepBusy(python, BUSY_CPU);
  await using _collector = await startCollector(scene.ctx, new AbortController().signal);
  await scene.nextSample();
  const before = await psutil.read();
  const { text } = await scene.nextSample();
  const after = await psutil.read();

  const ours = spelledNumbers(text);
  const theirs = spelledNumbers(after.text);
  const added = [...ours.keys()].filter((name) => !theirs.has(name));
  const standIn = theirs.has('net_io_counters_eth0-bytes_sent') ? /^net_io_counters_eth0-\w+1$/ : /_eth0-/;
  expect([...theirs.keys()].filter((name) => !ours.has(name))).toEqual([]);
  expect(added.filter((name) => !standIn.test(name))).toEqual([]);

  for (const [name, spelled] of theirs) {
    const value = Number(ours.get(name));
    const [low, high] = [before.values[name] ?? Number.NaN, after.values[name] ?? Number.NaN].toSorted((a, b) => a - b);
    const slack = name === 'virtual_memory-used' && !saysUsedAsWeDo(after.values) ? undefined : slackOf(name);
    expect(ours.get(name)?.includes('.'), `${name} has the same type`).toBe(spelled.includes('.'));
    if (slack === undefined) continue;
    expect(value, name).toBeGreaterThanOrEqual(Number(low) - slack);
    expect(value, name).toBeLessThanOrEqual(Number(high) + slack);
  }

  expect(ours.get('virtual_memory-total')).toBe(theirs.get('virtual_memory-total'));
  expect(Number(ours.get(`cpu_percent-${BUSY_CPU}`))).toBeGreaterThan(90);
  expect(Math.abs(Number(ours.get(`cpu_percent-${BUSY_CPU}`)) - Number(after.values['cpu_percent-0']))).toBeLessThan(8);
});

/** psutil after 7.0, and some distributions' older ones, count as used what is not available. */
function saysUsedAsWeDo(reading: Reading): boolean {
  const of = (name: string) => reading[`virtual_memory-${name}`] ?? Number.NaN;
  return of('used') === of('total') - of('free') - of('cached') - of('buffers');
}

/** How far outside psutil's two readings a value may be; undefined for what changes too fast to compare. */
function slackOf(name: string): number | undefined {
  if (name === 'virtual_memory-percent') return 2;
  if (name.startsWith('virtual_memory-')) return MEMORY_SLACK;
  if (name === 'n_pids') return PROCESS_SLACK;
  return /^(cpu_stats|net_io_counters)/.test(name) ? 0 : undefined;
}
