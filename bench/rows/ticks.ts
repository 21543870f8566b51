import { quietestCpu } from '../support/machine.ts';
import { inBench, isInstalled, need } from '../support/programs.ts';
import { functionLoop, INPUT_KEY, type Contestant as Racer, race } from '../support/race.ts';
import type { Budget, Family, Row, Run, Skipped } from './row.ts';

const BASELINE = 'baseline';

type Contestant = Racer & { what: string; budget?: Budget };

const atLeast = (value: number): Budget => ({ of: 'ratio', limit: 'at least', value });

const CONTESTANTS: readonly Contestant[] = [
  {
    id: 'raw-limit',
    what: 'GET and SET, ioredis',
    order: (url) => ({
      command: process.execPath,
      args: [inBench('subjects', 'raw-limit.ts'), url, INPUT_KEY, 'raw-output'],
    }),
  },
  {
    id: BASELINE,
    what: 'Python loop in one process',
    order: (url) => ({
      command: 'python3',
      args: [inBench('baseline', 'loop.py'), url, inBench('fixtures', 'handler.py'), INPUT_KEY, 'baseline-output'],
    }),
  },
  {
    id: 'python',
    what: 'Python function',
    budget: atLeast(0.75),
    order: functionLoop('python', { FUNCTION_PATH: inBench('fixtures', 'handler.py') }),
  },
  {
    id: 'javascript',
    what: 'JavaScript function',
    budget: atLeast(0.85),
    order: functionLoop('javascript', { FUNCTION_PATH: inBench('fixtures', 'handler.mjs') }),
  },
  { id: 'built-in', what: 'built-in function', order: functionLoop('built-in', {}) },
];

const FREE = '-free';

/** One function back to back, beside the loop that a person would write: all on one CPU, and wherever they like. */
export const ticks: Family = {
  ids: CONTESTANTS.flatMap(({ id }) => [id, id + FREE]),
  what: 'one function, back to back',
  async measure(run) {
    need('python3');
    const wanted = (suffix: string) => CONTESTANTS.filter(({ id }) => run.wanted(id + suffix));
    const pinned = wanted('');
    const free = wanted(FREE);
    return [
      ...(pinned.length === 0 ? [] : await measurePinned(run, pinned)),
      ...(free.length === 0 ? [] : await rowsOf(run, free, FREE, undefined)),
    ];
  },
};

async function measurePinned(run: Run, contestants: readonly Contestant[]): Promise<(Row | Skipped)[]> {
  if (isInstalled('taskset')) return await rowsOf(run, contestants, '', await quietestCpu());
  return contestants.map(({ id, what }) => ({ id, what: `${what}, one CPU`, skipped: 'taskset is not installed' }));
}

async function rowsOf(
  run: Run,
  wanted: readonly Contestant[],
  suffix: string,
  cpu: number | undefined,
): Promise<Row[]> {
  const contestants = CONTESTANTS.filter((each) => each.id === BASELINE || wanted.includes(each));
  const ratesOf = await race(run, contestants, { what: 'back to back', cpu });
  return wanted.map(({ id, what, budget }) => ({
    id: id + suffix,
    what: `${what}, ${cpu === undefined ? 'free' : 'one CPU'}`,
    unit: '/s',
    values: ratesOf(id),
    ...(id === BASELINE ? {} : { baseline: ratesOf(BASELINE) }),
    // Unpinned, the scheduler decides more than the code does: a figure to look at, not to hold anyone to.
    ...(budget === undefined || cpu === undefined ? {} : { budget }),
  }));
}
