import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bounds } from '#lib/archives/check-archive';
import { fetchLimits } from '#lib/archives/fetch-archive';
import { environment, metaOf } from '#lib/config/environment';
import { MAX_KEPT_TEXT } from '#lib/functions/invocation-entries';
import { MAX_INVOCATIONS, MAX_WITH_TEXTS } from '#lib/functions/keep-invocations';
import { MOST as MOST_CODE } from '#lib/functions/versions';
import { lifetimes } from '#lib/keys';
import { SNAPSHOT_LIMITS } from '#runtime/functions/hosts/protocol';
import { DEFAULT_LIMITS, LANGUAGES } from '#runtime/jobs/sandbox/sandbox';
import project from '../package.json' with { type: 'json' };
import { render } from './manifests/render.ts';
import { workloads } from './manifests/workloads.ts';

const ROOT = join(import.meta.dirname, '..');
const KIB = 1024;
const MIB = 1024 * KIB;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** As it is read: wherever its lines end. */
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8').replaceAll(/\s+/g, ' ');

const settings = environment.parse({});
const { least: leastPeriod, most: mostPeriod } = metaOf(environment.shape.MONITORING_PERIOD.unwrap());
const { timeMs, memoryBytes, processes, outputBytes, scratchBytes } = DEFAULT_LIMITS;
const pods = workloads(render(join(ROOT, 'k8s')));
const grace = (role: string, setting: string) =>
  pods
    .find(({ metadata }) => metadata.name === role)
    ?.spec.template.spec.containers[0].env.find(({ name }) => name === setting)?.value;

/** The median of a row of the benchmarks. */
function measured(row: string): number {
  const [, median = ''] = new RegExp(`\\| \`${row}\` \\| ([\\d,.]+) `).exec(read('docs/benchmarks.md')) ?? [];
  return Number(median.replaceAll(',', ''));
}

/** What one more function takes, in MB. */
const each = (kind: string) => (measured(`functions-100-${kind}memory`) - measured(`functions-10-${kind}memory`)) / 90;
const [alone, shared] = [each(''), each('shared-')];
const viewers = { few: measured('live-1000-memory'), many: measured('live-5000-memory') };

describe('figures in documents are those of the code', () => {
  const inWords = ['no', 'one', 'two', 'three', 'four'];
  test.each([
    ['README.md', `every ${Number(leastPeriod) * SECOND} ms to once a day`],
    ['README.md', `${timeMs / SECOND} seconds, ${memoryBytes / MIB} MiB, no network`],
    ['README.md', `${inWords[LANGUAGES.length]} languages`],
    ['README.md', `[${settings.HISTORY_15M_DAYS} days](docs/history.md)`],
    ['README.md', `Node ${project.engines.node.slice(2)} or newer`],
    ['docs/functions.md', `every period (\`MONITORING_PERIOD\`, ${settings.MONITORING_PERIOD} s)`],
    ['docs/functions.md', `A snapshot above ${SNAPSHOT_LIMITS.largeBytes / KIB} KiB`],
    [
      'docs/functions.md',
      `every ${SNAPSHOT_LIMITS.largeEveryMs / SECOND} s, above ${SNAPSHOT_LIMITS.maxBytes / MIB} MiB`,
    ],
    ['docs/functions.md', `as fit in ${MOST_CODE.bytes / MIB} MiB can be rolled back to`],
    ['docs/faults.md', `It ends at ${fetchLimits.bytes / MIB} MiB, after ${fetchLimits.idleMs / SECOND} s of silence`],
    ['docs/faults.md', `or after ${fetchLimits.totalMs / SECOND} s in all`],
    ['docs/faults.md', `not counted any more after ${lifetimes.jobWorker / SECOND} s`],
    ['docs/history.md', `| ${settings.HISTORY_HOURS} h, at most 10,000 |`],
    ['docs/history.md', `| ${settings.HISTORY_1M_HOURS} h |`],
    ['docs/history.md', `the last ${MAX_INVOCATIONS.toLocaleString('en')} invocations`],
    [
      'docs/history.md',
      `The last ${MAX_WITH_TEXTS} also have the input and the result text, ${MAX_KEPT_TEXT / KIB} KiB`,
    ],
    ['docs/metrics.md', `every 2 s; one that has said nothing for ${lifetimes.roleProcess / SECOND} s is not counted`],
    ['docs/metrics.md', `one that has said nothing for ${lifetimes.jobWorker / SECOND} s is not counted`],
    ['docs/operations.md', `counts as gone after ${lifetimes.roleProcess / SECOND} s`],
    ['docs/operations.md', `is listed for ${lifetimes.goneProcess / MINUTE} min`],
    ['docs/operations.md', `gives those that run ${grace('jobs', 'JOBS_GRACE')} s (\`JOBS_GRACE\`)`],
    ['docs/operations.md', `serves on for ${grace('web', 'WEB_GRACE')} s (\`WEB_GRACE\`)`],
    ['docs/sandbox.md', `as the place to work, ${scratchBytes / MIB} MiB large`],
    [
      'docs/sandbox.md',
      `${timeMs / SECOND} seconds, ${memoryBytes / MIB} MiB of memory, ${processes} processes and threads, ${outputBytes / MIB} MiB of output`,
    ],
    ['ARCHITECTURE.md', `A lease (${lifetimes.lease / SECOND} s`],
  ])('%s: %s', (document, said) => expect(read(document)).toContain(said));

  test('the longest period is a day', () => expect(mostPeriod).toBe(24 * 3_600));
  test('an archive is no larger than what is fetched', () => expect(bounds.archiveBytes).toBe(fetchLimits.bytes));
});

describe('figures in documents are those that were measured', () => {
  test.each([
    ['docs/functions.md', `a Python function then takes ${shared.toFixed(1)} MB instead of ${alone.toFixed(1)} MB`],
    [
      'docs/operations.md',
      `${alone.toFixed(1)} MB for a Python function with a process of its own, ${shared.toFixed(1)} MB`,
    ],
    ['docs/operations.md', `viewers: ${Math.floor(viewers.few)}–${Math.ceil(viewers.many)} KiB each`],
    ['docs/operations.md', `and ${Math.round(measured('live-5000-cpu'))} µs of CPU for each event of each`],
    ['docs/operations.md', `hold ${Math.ceil((5_000 * viewers.many) / KIB)} MiB more`],
    [
      'docs/benchmarks.md',
      `a shared function costs ${shared.toFixed(1)} MB, one with a process of its own ${alone.toFixed(1)} MB`,
    ],
  ])('%s: %s', (document, said) => expect(read(document)).toContain(said));
});
