import { execFileSync } from 'node:child_process';
import { Redis } from 'ioredis';
import * as z from 'zod';
import { startRedis } from '../../e2e/support/redis-server.ts';
import type { ChildOrder } from '../support/child.ts';
import { quietestCpu } from '../support/machine.ts';
import { inBench, isInstalled, need } from '../support/programs.ts';
import { sampleText } from '../support/sample.ts';
import { Subject } from '../support/subject.ts';
import type { Budget, Family, Row, Run, Skipped } from './row.ts';

const INPUT_KEY = 'metrics';
const BASELINE = 'baseline';
const SLACK_MS = 20_000;
const WARM_UP_SLICES = 4;

const answer = z.object({ done: z.number(), ms: z.number() });

type Contestant = { id: string; what: string; budget?: Budget; order: (url: string) => Omit<ChildOrder, 'cpu'> };

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
    order: functionLoop('python', inBench('fixtures', 'handler.py')),
  },
  {
    id: 'javascript',
    what: 'JavaScript function',
    budget: atLeast(0.85),
    order: functionLoop('javascript', inBench('fixtures', 'handler.mjs')),
  },
  { id: 'built-in', what: 'built-in function', order: functionLoop('built-in', undefined) },
];

function functionLoop(name: string, path: string | undefined): Contestant['order'] {
  return (url) => ({
    command: process.execPath,
    args: [inBench('subjects', 'function-loop.ts')],
    env: {
      NODE_ENV: 'production',
      REDIS_URL: url,
      REDIS_INPUT_KEY: INPUT_KEY,
      REDIS_OUTPUT_KEY: `${name}-output`,
      FUNCTION_NAME: name,
      ...(path === undefined ? {} : { FUNCTION_PATH: path }),
    },
  });
}

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
      ...(free.length === 0 ? [] : await race(run, free, FREE, undefined)),
    ];
  },
};

async function measurePinned(run: Run, contestants: readonly Contestant[]): Promise<(Row | Skipped)[]> {
  if (isInstalled('taskset')) return await race(run, contestants, '', await quietestCpu());
  return contestants.map(({ id, what }) => ({ id, what: `${what}, one CPU`, skipped: 'taskset is not installed' }));
}

async function race(run: Run, wanted: readonly Contestant[], suffix: string, cpu: number | undefined): Promise<Row[]> {
  const contestants = CONTESTANTS.filter((each) => each.id === BASELINE || wanted.includes(each));
  await using stack = new AsyncDisposableStack();
  const redis = stack.use(await startRedis());
  // All of its threads; what we start afterwards is pinned as it starts.
  if (cpu !== undefined) execFileSync('taskset', ['-a', '-p', '-c', String(cpu), String(redis.pid)]);
  await seed(redis.url);
  const subjects: { id: string; subject: Subject }[] = [];
  for (const { id, order } of contestants) {
    subjects.push({ id, subject: stack.use(await Subject.start({ ...order(redis.url), cpu })) });
  }
  const rates = new Map(contestants.map(({ id }) => [id, [] as number[]]));
  const slice = run.quick ? 300 : 1_000;
  // The round before the first counts for nobody: a just-in-time compiler needs seconds to know what is hot.
  for (let round = 0; round <= run.rounds; round += 1) {
    const ms = round === 0 ? WARM_UP_SLICES * slice : slice;
    run.say(`back to back, ${cpu === undefined ? 'free' : `all on CPU ${cpu}`}: round ${round} of ${run.rounds}`);
    for (const { id, subject } of subjects) {
      const { done, ms: took } = await subject.ask({ ms }, answer, ms + SLACK_MS);
      if (round > 0) rates.get(id)?.push((done / took) * 1_000);
    }
  }
  const baseline = rates.get(BASELINE) ?? [];
  return wanted.map(({ id, what, budget }) => ({
    id: id + suffix,
    what: `${what}, ${cpu === undefined ? 'free' : 'one CPU'}`,
    unit: '/s',
    values: rates.get(id) ?? [],
    ...(id === BASELINE ? {} : { baseline }),
    // Unpinned, the scheduler decides more than the code does: a figure to look at, not to hold anyone to.
    ...(budget === undefined || cpu === undefined ? {} : { budget }),
  }));
}

async function seed(url: string): Promise<void> {
  const redis = new Redis(url);
  await redis.set(INPUT_KEY, sampleText);
  redis.disconnect();
}
