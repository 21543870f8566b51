import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Browser, Page } from 'playwright';
import { freePort } from '../../e2e/support/redis-server.ts';
import { changesSeen, clockOffset, needBrowser, visit, watchSeries } from '../support/browser-page.ts';
import { inBench } from '../support/programs.ts';
import { needBuild, startRole } from '../support/roles.ts';
import { nextSampleText, sampleText } from '../support/sample.ts';
import { percentile } from '../support/statistics.ts';
import { Subject } from '../support/subject.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { Family, Row, Run } from './row.ts';

const CHANNEL = 'baseline';
const SERIES = 'percent-memory-caching';
/** A quarter of an hour at the usual 5 s. */
const ENTRIES = 180;
const EVENTS = { whole: 40, quick: 10 };
/** Far enough apart that the page takes each for itself. */
const gapMs = () => 120 + Math.random() * 30;

type Side = { url: string; write: () => Promise<unknown> };
type Figures = { bytes: number[]; painted: number[]; p50: number[]; p99: number[]; missing: number };

/** The live page in a browser, with a quarter of an hour of data; beside a page with one number and no framework. */
export const page: Family = {
  ids: ['page-weight', 'page-paint', 'browser-p50', 'browser-p99'],
  what: 'the live page in a browser',
  async measure(run) {
    needBuild();
    await using stack = new AsyncDisposableStack();
    const browser = await needBrowser(stack);
    const { ours, bare } = await startSides(stack);
    const vigia = await measureSide(run, browser, ours, bare);
    return rowsOf(vigia).filter(({ id }) => run.wanted(id));
  },
};

async function startSides(stack: AsyncDisposableStack): Promise<{ ours: Side; bare: Side }> {
  const folder = stack.use(temporaryFolder());
  const [port, redisPort, barePort] = [await freePort(), await freePort(), await freePort()];
  stack.use(
    await startRole('all', {
      VIGIA_HOME: folder.path,
      PORT: String(port),
      EMBEDDED_REDIS_PORT: String(redisPort),
      COLLECT: 'off',
      FUNCTION_INVOKE: 'change',
      MONITORING_PERIOD: '0.01',
    }),
  );
  const url = `redis://127.0.0.1:${redisPort}`;
  const redis = new Redis(url);
  stack.defer(() => redis.disconnect());
  stack.use(
    await Subject.start({
      command: process.execPath,
      args: [inBench('baseline', 'live-server.ts'), url, CHANNEL, String(barePort), SERIES],
    }),
  );
  await redis.set('metrics', sampleText);
  for (let entry = 0; entry < ENTRIES; entry += 1) {
    await redis.set('metrics', nextSampleText());
    await sleep(15);
  }
  return {
    ours: { url: `http://127.0.0.1:${port}/`, write: () => redis.set('metrics', nextSampleText()) },
    bare: {
      url: `http://127.0.0.1:${barePort}/page`,
      write: () => {
        const result = JSON.stringify({ result: JSON.stringify({ [SERIES]: Math.random() * 100 }) });
        return redis.pipeline().set('baseline-output', result).publish(CHANNEL, result).exec();
      },
    },
  };
}

type Both = { vigia: Figures; baseline: Figures };

async function measureSide(run: Run, browser: Browser, ours: Side, bare: Side): Promise<Both> {
  const none = (): Figures => ({ bytes: [], painted: [], p50: [], p99: [], missing: 0 });
  const sides = { vigia: none(), baseline: none() };
  const events = run.quick ? EVENTS.quick : EVENTS.whole;
  // The round before the first warms everybody up and counts for nobody.
  for (let round = 0; round <= run.rounds; round += 1) {
    run.say(`page in a browser: round ${round} of ${run.rounds}`);
    for (const [side, figures] of [
      [ours, sides.vigia],
      [bare, sides.baseline],
    ] as const) {
      await using visited = await visit(browser, side.url);
      const latencies = await changesAfter(visited.page, side, round === 0 ? 3 : events);
      if (round === 0) continue;
      figures.bytes.push(visited.bytes / 1_000);
      figures.painted.push(visited.paintedMs);
      figures.p50.push(percentile(latencies, 0.5));
      figures.p99.push(percentile(latencies, 0.99));
      figures.missing += events - latencies.length;
    }
  }
  return sides;
}

/** Writes one sample after another and returns how many ms later each has changed the number on the page. */
async function changesAfter(page: Page, { write }: Side, events: number): Promise<number[]> {
  await watchSeries(page, SERIES);
  const offset = await clockOffset(page);
  const latencies: number[] = [];
  for (let event = 0; event < events; event += 1) {
    const writtenAt = performance.now();
    await write();
    await sleep(gapMs());
    const [first] = await changesSeen(page);
    if (first !== undefined) latencies.push(first - offset - writtenAt);
  }
  return latencies;
}

function rowsOf({ vigia, baseline }: Both): Row[] {
  const notes = vigia.missing === 0 ? [] : [`${vigia.missing} samples did not change the number in time`];
  return [
    {
      id: 'page-weight',
      what: 'first page: JavaScript and CSS transferred',
      unit: 'KB',
      values: vigia.bytes,
      budget: { of: 'median', limit: 'at most', value: 230 },
    },
    {
      id: 'page-paint',
      what: 'first page: first contentful paint',
      unit: 'ms',
      values: vigia.painted,
      baseline: baseline.painted,
      budget: { of: 'median', limit: 'at most', value: 200 },
    },
    {
      id: 'browser-p50',
      what: 'key written → number changed in the browser, p50',
      unit: 'ms',
      values: vigia.p50,
      baseline: baseline.p50,
      budget: { of: 'median', limit: 'at most', value: 10 },
      notes,
    },
    {
      id: 'browser-p99',
      what: 'key written → number changed in the browser, p99',
      unit: 'ms',
      values: vigia.p99,
      baseline: baseline.p99,
      budget: { of: 'median', limit: 'at most', value: 50 },
    },
  ];
}
