import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright';
import { changesSeen, needBrowser, visit, watchSeries } from '../support/browser-page.ts';
import { LiveStack } from '../support/live-stack.ts';
import { costOf, type PageCost } from '../support/page-cost.ts';
import { cpuSeries, MEMORY } from '../support/series-shapes.ts';
import type { Family, Row } from './row.ts';

const SERIES = 16;
/** How many times faster than it passes the hour is told. */
const SPEED = 60;
const HOUR = 3_600;
/** Everything that a page keeps of events is full by then: the newest thousand, and the quarter of an hour that is drawn. */
const FULL = 1_200;
const GAP_MS = 1_000 / SPEED;
const SETTLE_MS = 2_000;
const MOST_ROUNDS = 3;

const FIGURES = { heap: 'MB', nodes: 'nodes', listeners: 'listeners' } as const;
type Figure = keyof typeof FIGURES;
const figures: readonly Figure[] = ['heap', 'nodes', 'listeners'];
const WHAT: Record<Figure, string> = {
  heap: 'JavaScript heap',
  nodes: 'nodes of the document',
  listeners: 'event listeners',
};

/** What a page does every second, or more seldom, it does so much more often. */
const HURRY = `for (const name of ['setTimeout', 'setInterval']) {
  const set = globalThis[name];
  globalThis[name] = (work, ms = 0, ...rest) => set(work, ms < 1_000 ? ms : ms / ${SPEED}, ...rest);
}`;

const idOf = (figure: Figure) => `browser-hour-${figure}`;
const read: Record<Figure, (cost: PageCost) => number> = {
  heap: ({ heapBytes }) => heapBytes / 1e6,
  nodes: ({ nodes }) => nodes,
  listeners: ({ listeners }) => listeners,
};

/** An hour of events, told in a minute: what the live page has after it, beside what it had before. */
export const browserHour: Family = {
  ids: figures.map(idOf),
  what: 'a live page after an hour',
  async measure(run) {
    await using stack = new AsyncDisposableStack();
    const browser = await needBrowser(stack);
    const rounds = Math.min(run.rounds, run.quick ? 1 : MOST_ROUNDS);
    const hours: Hour[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      run.say(`an hour in a browser: round ${round} of ${rounds}`);
      hours.push(await watchAnHour(browser));
    }
    return figures.map((figure) => rowOf(figure, hours)).filter(({ id }) => run.wanted(id));
  },
};

type Costs = { live: PageCost; bare: PageCost };
type Hour = { before: Costs; after: Costs; drawn: number };

async function watchAnHour(browser: Browser): Promise<Hour> {
  await using stack = await LiveStack.start(cpuSeries(SERIES), MEMORY);
  await using live = await visit(browser, stack.pages.live, HURRY);
  await using bare = await visit(browser, stack.pages.bare, HURRY);
  const [costOfLive, costOfBare] = [await costOf(live.page), await costOf(bare.page)];
  const costs = async (): Promise<Costs> => ({ live: await costOfLive(), bare: await costOfBare() });
  await watchSeries(live.page, MEMORY);
  const pass = async (events: number) => {
    for (let event = 0; event < events; event += 1) {
      await stack.tellNextSecond();
      await sleep(GAP_MS);
    }
    await sleep(SETTLE_MS);
    return (await changesSeen(live.page)).length;
  };
  await pass(FULL);
  const before = await costs();
  const drawn = await pass(HOUR);
  if (drawn === 0) throw new Error('the live page did not show what it was told');
  return { before, after: await costs(), drawn };
}

function rowOf(figure: Figure, hours: readonly Hour[]): Row {
  const of = (when: 'before' | 'after', side: keyof Costs) => hours.map((hour) => read[figure](hour[when][side]));
  const bare = `a bare page: ${of('before', 'bare').at(-1)?.toFixed(1)} before, ${of('after', 'bare').at(-1)?.toFixed(1)} after`;
  return {
    id: idOf(figure),
    what: `live page after an hour of ${SERIES} series: ${WHAT[figure]}, beside before it`,
    unit: FIGURES[figure],
    values: of('after', 'live'),
    baseline: of('before', 'live'),
    budget: { of: 'ratio', limit: 'at most', value: 1.1 },
    notes: [bare, `a number on the page changed ${hours.at(-1)?.drawn} times`],
  };
}
