import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Registry } from '@prometheus-io/client';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { SampleMetrics } from '#runtime/collector/sample-metrics';
import { TickMetrics } from '#runtime/functions/tick-metrics';
import { countedExecutor } from '#runtime/jobs/counted-executor';
import { processRegistry } from '#runtime/observe/process-metrics';
import { FunctionGauges } from '#runtime/web/metrics/function-gauges';
import { WholeGauges } from '#runtime/web/metrics/whole-gauges';

const DOCS = join(import.meta.dirname, '..', 'docs');
const metricsPage = readFileSync(join(DOCS, 'metrics.md'), 'utf8');
const executor = {
  ...{ name: 'none', tier: 'none', languages: [], missing: [] },
  execute: () => Promise.reject(new Error('nothing is run')),
  async [Symbol.asyncDispose]() {},
};

type Known = { type: string; labels: readonly string[] };

/** All that any role shows, by its name; the front door's viewers are made with its door. */
function known(): Map<string, Known> {
  const registry = new Registry();
  new FunctionGauges(registry, 1);
  new WholeGauges(registry);
  new TickMetrics(registry);
  new SampleMetrics(registry);
  countedExecutor(executor, registry);
  const metrics = [...registry.getMetricsAsArray(), ...processRegistry('test').getMetricsAsArray()];
  return new Map([
    ...metrics.map((metric): [string, Known] => [metric.name, { type: String(metric.type), labels: labelsOf(metric) }]),
    ['vigia_live_viewers', { type: 'gauge', labels: [] }],
  ]);
}

/** The library's types leave them out. */
const labelsOf = (metric: object) => z.array(z.string()).parse(Reflect.get(metric, 'labelNames'));

test('docs/metrics.md has every metric, with its type, and no other', () => {
  const rows = metricsPage.matchAll(/^\| `(\w+)` +\| (counter|gauge|histogram) +\|/gm);
  const documented = [...rows].map(([, name, type]) => `${name} ${type}`);
  expect(documented.toSorted()).toEqual([...known()].map(([name, { type }]) => `${name} ${type}`).toSorted());
});

const alerts = [...metricsPage.matchAll(/^\| `([^`]+)` +\| [^|]+ \|$/gm)].map(([, asked = '']) => asked);

const dashboard = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).min(1) })).min(1),
  templating: z.object({ list: z.array(z.object({ query: z.string() })) }),
});
const { panels, templating } = dashboard.parse(JSON.parse(readFileSync(join(DOCS, 'grafana-dashboard.json'), 'utf8')));

describe.each([
  ['the dashboard for Grafana', panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)), 10],
  ['the choice of a function in it', templating.list.map(({ query }) => query), 0],
  ['what is worth an alert', alerts, 5],
])('%s', (_where, queries, least) => {
  const names = known();
  /** A histogram is asked for by its buckets. */
  const metricOf = (name: string) => names.get(name) ?? names.get(name.replace(/_bucket$/, ''));

  test('asks for metrics that there are', () => {
    const asked = queries.flatMap((query) => query.match(/\b(?:vigia|process)_\w+/g) ?? []);
    expect([asked.length > least, asked.filter((name) => metricOf(name) === undefined)]).toEqual([true, []]);
  });

  test('chooses by labels that they have', () => {
    const chosen = queries.flatMap((query) =>
      [...query.matchAll(/\b((?:vigia|process)_\w+)\{([^}]*)\}/g)].flatMap(([, name = '', by = '']) =>
        [...by.matchAll(/(\w+)\s*[=!]~?/g)].map(([, label = '']) => ({ name, label })),
      ),
    );
    expect(chosen.filter(({ name, label }) => !metricOf(name)?.labels.includes(label))).toEqual([]);
  });
});
