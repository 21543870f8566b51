import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lifetimes } from '#lib/keys';
import { LOOK_MS } from '#runtime/functions/lease-keeper';
import { render } from './manifests/render.ts';
import { workloads } from './manifests/workloads.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const operations = read('docs/operations.md');
const found = (expression: RegExp) => [...new Set([...operations.matchAll(expression)].map(([, first = '']) => first))];

const quoted = found(/“([^”]+)”/g).map((message) => message.replaceAll(/\s+/g, ' '));
const sources = globSync('{app,lib,runtime,scripts}/**/*.{ts,tsx,py,mjs,sh}', { cwd: ROOT })
  .filter((path) => !path.endsWith('.test.ts'))
  .map(read);

test('there are messages in it', () => expect(quoted.length).toBeGreaterThan(10));

test.each(quoted)('what is quoted is said by Vigia: %s', (message) => {
  const words = message.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  // A number or an address stands for what is put in.
  const said = new RegExp(words.replaceAll(/\d+(?:\\\.\d+)*/g, '\\$\\{[^}]+\\}'));
  expect(sources.some((text) => said.test(text))).toBe(true);
});

test('every setting that it names is one', () => {
  const settings = read('docs/configuration.md');
  const named = found(/`([A-Z]+(?:_[A-Z]+)+)(?:=[^`]*)?`/g);
  expect([named.length > 5, named.filter((name) => !settings.includes(`\`${name}\``))]).toEqual([true, []]);
});

test('every metric of Vigia that it names is one', () => {
  const metrics = read('docs/metrics.md');
  expect(found(/\b(vigia_[a-z_]+)/g).filter((name) => !metrics.includes(`\`${name}\``))).toEqual([]);
});

test('the manifests ask for what sizing says, and that is no less than what was measured', () => {
  const rows = operations.matchAll(/^\| `(\w+)` +\| [^|]+\| (\d+) MiB, [^|]+\| (\w+), (\d+)Mi +\| (\w+), (\w+) +\|/gm);
  const told = [...rows].map(([, role = '', measured, cpu, requested, mostCpu, mostMemory]) => {
    expect([role, Number(requested) > Number(measured)]).toEqual([role, true]);
    const resources = { requests: { cpu, memory: `${requested}Mi` }, limits: { cpu: mostCpu, memory: mostMemory } };
    return [role, resources] as const;
  });
  const asked = workloads(render(join(ROOT, 'k8s'))).map(
    ({ metadata, spec }) => [metadata.name, spec.template.spec.containers[0].resources] as const,
  );
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(asked));
});

test.each([
  'docs/operations.md',
  'docs/functions.md',
  'docs/faults.md',
  'k8s/base/functions/deployment.yaml',
  'ARCHITECTURE.md',
])('%s says how soon a killed runtime is followed: its lease runs out, and the next look finds it free', (path) => {
  expect(read(path)).toContain(`within ${(lifetimes.lease + LOOK_MS) / 1_000} s`);
});
