import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright';
import { needBrowser, visit } from '../support/browser-page.ts';
import { LiveStack } from '../support/live-stack.ts';
import { costOf, type PageCost } from '../support/page-cost.ts';
import { cpuSeries, MEMORY, unknownSeries } from '../support/series-shapes.ts';
import { median } from '../support/statistics.ts';
import type { Family, Row, Run } from './row.ts';

const SHAPES = [
  { id: '16', what: '16 series', resultAt: cpuSeries(16), query: '' },
  { id: '128', what: '128 series', resultAt: cpuSeries(128), query: '' },
  { id: '128-charts', what: '128 unknown series, all drawn', resultAt: unknownSeries(128), query: '?charts=all' },
] as const;
type Shape = (typeof SHAPES)[number];

const WATCHED_MS = { whole: 20_000, quick: 5_000 };
const WARM_UP_MS = 5_000;
const MINUTE_MS = 60_000;

const idsOf = ({ id }: Shape) => ({ busy: `browser-${id}-busy`, heap: `browser-${id}-heap` });

/** An open live page for a minute, at one result a second; beside a page with one number, at the same time. */
export const browserCost: Family = {
  ids: SHAPES.flatMap((shape) => Object.values(idsOf(shape))),
  what: 'an open live page',
  async measure(run) {
    await using stack = new AsyncDisposableStack();
    const browser = await needBrowser(stack);
    const rows: Row[] = [];
    for (const shape of SHAPES)
      if (Object.values(idsOf(shape)).some(run.wanted)) rows.push(...(await measureShape(run, browser, shape)));
    return rows.filter(({ id }) => run.wanted(id));
  },
};

async function measureShape(run: Run, browser: Browser, shape: Shape): Promise<Row[]> {
  await using stack = await LiveStack.start(shape.resultAt, MEMORY);
  await using live = await visit(browser, stack.pages.live + shape.query);
  await using bare = await visit(browser, stack.pages.bare);
  await using _writing = stack.keepWriting();
  await sleep(WARM_UP_MS);
  const watchedMs = run.quick ? WATCHED_MS.quick : WATCHED_MS.whole;
  const [watchLive, watchBare] = [await watcherOf(live.page), await watcherOf(bare.page)];
  const minutes: { ours: Minute; theirs: Minute }[] = [];
  for (let round = 1; round <= run.rounds; round += 1) {
    run.say(`${shape.what} in a browser: round ${round} of ${run.rounds}`);
    const [ours, theirs] = await Promise.all([watchLive(watchedMs), watchBare(watchedMs)]);
    minutes.push({ ours, theirs });
  }
  return rowsOf(shape, minutes);
}

/** What a page does in a minute, in ms of its main thread, and the MB that it then has. */
type Minute = { busy: number; script: number; layout: number; heap: number };

async function watcherOf(page: Page): Promise<(ms: number) => Promise<Minute>> {
  const cost = await costOf(page);
  return async (ms) => {
    const startedAt = performance.now();
    const before = await cost();
    await sleep(ms);
    const after = await cost();
    const inAMinute = (figure: 'taskMs' | 'scriptMs' | 'layoutMs') =>
      ((after[figure] - before[figure]) / (performance.now() - startedAt)) * MINUTE_MS;
    return {
      busy: inAMinute('taskMs'),
      script: inAMinute('scriptMs'),
      layout: inAMinute('layoutMs'),
      heap: megabytes(after),
    };
  };
}

const megabytes = ({ heapBytes }: PageCost) => heapBytes / 1e6;

function rowsOf(shape: Shape, minutes: readonly { ours: Minute; theirs: Minute }[]): Row[] {
  const ours = (figure: keyof Minute) => minutes.map((minute) => minute.ours[figure]);
  const theirs = (figure: keyof Minute) => minutes.map((minute) => minute.theirs[figure]);
  const { busy, heap } = idsOf(shape);
  const part = (figure: keyof Minute) => `${median(ours(figure)).toFixed(0)} ms`;
  return [
    {
      id: busy,
      what: `live page, ${shape.what} at 1 s: main thread in a minute`,
      unit: 'ms',
      values: ours('busy'),
      baseline: theirs('busy'),
      notes: [`${part('script')} of it in scripts, ${part('layout')} in style and layout`],
    },
    {
      id: heap,
      what: `live page, ${shape.what} at 1 s: JavaScript heap`,
      unit: 'MB',
      values: ours('heap'),
      baseline: theirs('heap'),
    },
  ];
}
