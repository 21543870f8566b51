import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Registry } from '@prometheus-io/client';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { SampleMetrics } from '#runtime/collector/sample-metrics';
import { TickMetrics } from '#runtime/functions/tick-metrics';
import { countedExecutor } from '#runtime/jobs/counted-executor';
import { processRegistry } from '#runtime/observe/process-metrics';
import { FunctionGauges } from '#runtime/web/metrics/function-gauges';
import { WholeGauges } from '#runtime/web/metrics/whole-gauges';

const DOCS = join(import.meta.dirname, '..', 'docs');
const executor = {
  ...{ name: 'none', tier: 'none', languages: [], missing: [] },
  execute: () => Promise.reject(new Error('nothing is run')),
  async [Symbol.asyncDispose]() {},
};

/** Name → type of all that any role shows; the front door's viewers are made with its door. */
function known(): Map<string, string> {
  const registry = new Registry();
  new FunctionGauges(registry, 1);
  new WholeGauges(registry);
  new TickMetrics(registry);
  new SampleMetrics(registry);
  countedExecutor(executor, registry);
  const metrics = [...registry.getMetricsAsArray(), ...processRegistry('test').getMetricsAsArray()];
  return new Map([
    ...metrics.map(({ name, type }): [string, string] => [name, String(type)]),
    ['vigia_live_viewers', 'gauge'],
  ]);
}

test('docs/metrics.md has every metric, with its type, and no other', () => {
  const rows = readFileSync(join(DOCS, 'metrics.md'), 'utf8').matchAll(
    /^\| `(\w+)` +\| (counter|gauge|histogram) +\|/gm,
  );
  const documented = [...rows].map(([, name, type]) => `${name} ${type}`);
  expect(documented.toSorted()).toEqual([...known()].map(([name, type]) => `${name} ${type}`).toSorted());
});

const dashboard = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).min(1) })).min(1),
});

test('the dashboard for Grafana asks for metrics that there are', () => {
  const { panels } = dashboard.parse(JSON.parse(readFileSync(join(DOCS, 'grafana-dashboard.json'), 'utf8')));
  const asked = panels.flatMap(({ targets }) =>
    targets.flatMap(({ expr }) => expr.match(/\b(vigia|process)_\w+/g) ?? []),
  );
  const names = known();
  const unknown = asked.filter((name) => !names.has(name) && names.get(name.replace(/_bucket$/, '')) !== 'histogram');
  expect([unknown, asked.length > 10]).toEqual([[], true]);
});
