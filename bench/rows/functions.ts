import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import * as z from 'zod';
import { readEntries } from '#lib/functions/history-entries';
import { startRedis } from '../../e2e/support/redis-server.ts';
import { cpuSecondsOf, memoryOf, processTree } from '../support/process-usage.ts';
import { inBench, need } from '../support/programs.ts';
import { RunningFunctions } from '../support/running-functions.ts';
import { sampleText } from '../support/sample.ts';
import { median, percentile } from '../support/statistics.ts';
import { Subject } from '../support/subject.ts';
import type { Budget, Family, Row, Run } from './row.ts';

const SIZES = [1, 10, 100] as const;
const ISOLATIONS = ['own', 'shared'] as const;
type Isolation = (typeof ISOLATIONS)[number];

const FIGURES = { memory: 'MB', cpu: '%', lag: 'ms' } as const;
type Figure = keyof typeof FIGURES;
const figures: readonly Figure[] = ['memory', 'cpu', 'lag'];

const WHAT: Record<Figure, string> = {
  memory: 'memory (PSS)',
  cpu: 'CPU of one core',
  lag: 'how late a tick begins, p99',
};
const BUDGETS: Record<string, number> = { memory: 0.4, cpu: 1 };

const INPUT_KEY = 'metrics';
const HANDLER = inBench('fixtures', 'handler.py');
const PERIOD_MS = 1_000;
const WINDOW = { whole: 5_000, quick: 2_000 };
const SETTLE_MS = 2_000;
const SLACK_MS = 20_000;
/** Each round starts and ends hundreds of processes, and memory is the same in every one. */
const MOST_ROUNDS = 3;

const idOf = (size: number, isolation: Isolation, figure: Figure) =>
  `functions-${size}-${isolation === 'own' ? '' : `${isolation}-`}${figure}`;

type Measured = Record<Figure, number> & { written: number };

/** Many Python functions, each called every second, beside as many loops that somebody keeps running. */
export const functions: Family = {
  ids: SIZES.flatMap((size) => ISOLATIONS.flatMap((isolation) => figures.map((each) => idOf(size, isolation, each)))),
  what: 'many Python functions',
  async measure(run) {
    need('python3');
    const rows: Row[] = [];
    for (const size of SIZES) {
      const isolations = ISOLATIONS.filter((isolation) =>
        figures.some((each) => run.wanted(idOf(size, isolation, each))),
      );
      if (isolations.length > 0) rows.push(...(await measureSize(run, size, isolations)));
    }
    return rows.filter(({ id }) => run.wanted(id));
  },
};

async function measureSize(run: Run, size: number, isolations: readonly Isolation[]): Promise<Row[]> {
  const windowMs = run.quick ? WINDOW.quick : WINDOW.whole;
  const rounds = Math.min(run.rounds, MOST_ROUNDS);
  const baseline: Measured[] = [];
  const ours: Record<Isolation, Measured[]> = { own: [], shared: [] };
  for (let round = 1; round <= rounds; round += 1) {
    run.say(`${size} Python functions: round ${round} of ${rounds}`);
    // Never at the same time: pages that both sides map would be counted in smaller parts.
    baseline.push(await measureLoops(size, windowMs));
    for (const isolation of isolations) ours[isolation].push(await measureFunctions(size, isolation, windowMs));
  }
  return isolations.flatMap((isolation) =>
    figures.map((figure) => {
      const most = size === 100 ? BUDGETS[figure] : undefined;
      const budget: Budget | undefined =
        most === undefined ? undefined : { of: 'ratio', limit: 'at most', value: most };
      const written = [ours[isolation], baseline].map((side) => median(side.map((each) => each.written)).toFixed(1));
      return {
        id: idOf(size, isolation, figure),
        what: `${size} Python ${size === 1 ? 'function' : 'functions'}, ${isolation}: ${WHAT[figure]}`,
        unit: FIGURES[figure],
        values: ours[isolation].map((each) => each[figure]),
        baseline: baseline.map((each) => each[figure]),
        ...(budget === undefined ? {} : { budget }),
        ...(figure === 'lag'
          ? {
              notes: [
                `the handler has answered at p99 after ${written[0]} ms, the loop has written after ${written[1]}`,
              ],
            }
          : {}),
      };
    }),
  );
}

const answer = z.object({ lags: z.array(z.number()), ends: z.array(z.number()) });

async function measureLoops(size: number, windowMs: number): Promise<Measured> {
  await using stack = new AsyncDisposableStack();
  const { url } = stack.use(await seededRedis());
  const loops = await Promise.all(
    Array.from({ length: size }, (_, index) =>
      Subject.start({
        command: 'python3',
        args: [inBench('baseline', 'loop.py'), url, HANDLER, INPUT_KEY, `loop${index}-output`],
      }),
    ),
  );
  for (const loop of loops) stack.use(loop);
  const run = (ms: number) =>
    Promise.all(
      // One after another within the period, as functions that were not started in the same moment are.
      loops.map((loop, index) =>
        loop.ask({ ms, everyMs: PERIOD_MS, afterMs: (index * PERIOD_MS) / size }, answer, ms + SLACK_MS),
      ),
    );
  await run(SETTLE_MS);
  const pids = loops.map(({ child }) => child.pid);
  const { cpu, worked } = await cpuPercentOf(pids, () => run(windowMs));
  return {
    cpu,
    memory: megabytesOf(pids),
    lag: percentile(
      worked.flatMap(({ lags }) => lags),
      0.99,
    ),
    written: percentile(
      worked.flatMap(({ ends }) => ends),
      0.99,
    ),
  };
}

async function measureFunctions(size: number, isolation: Isolation, windowMs: number): Promise<Measured> {
  await using stack = new AsyncDisposableStack();
  const { url: redisUrl } = stack.use(await seededRedis());
  const order = {
    redisUrl,
    inputKey: INPUT_KEY,
    path: HANDLER,
    periodMs: PERIOD_MS,
    isolation,
    invoke: 'tick',
  } as const;
  const running = stack.use(await RunningFunctions.start(order));
  await running.grow(size, { kind: 'file', language: 'python', text: readFileSync(HANDLER, 'utf8') });
  await sleep(SETTLE_MS);
  const pids = [...processTree(running.role.pid).keys()];
  const from = Date.now();
  const { cpu } = await cpuPercentOf(pids, () => sleep(windowMs));
  const to = Date.now();
  const entries = await Promise.all(running.names.map((name) => readEntries(running.ctx, name, from, to)));
  return {
    cpu,
    memory: megabytesOf(pids),
    lag: percentile(
      entries.flat().map(({ lagMs }) => lagMs),
      0.99,
    ),
    written: percentile(
      entries.flat().map(({ lagMs, tookMs }) => lagMs + tookMs),
      0.99,
    ),
  };
}

async function seededRedis(): Promise<AsyncDisposable & { url: string }> {
  const server = await startRedis();
  const redis = new Redis(server.url);
  await redis.set(INPUT_KEY, sampleText);
  redis.disconnect();
  return server;
}

async function cpuPercentOf<T>(pids: readonly number[], work: () => Promise<T>): Promise<{ cpu: number; worked: T }> {
  const spent = () => pids.reduce((sum, pid) => sum + cpuSecondsOf(pid), 0);
  const before = spent();
  const startedAt = performance.now();
  const worked = await work();
  return { cpu: ((spent() - before) / (performance.now() - startedAt)) * 1e5, worked };
}

function megabytesOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + memoryOf(pid), 0) / 1e6;
}
