import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { startRedis } from '../../e2e/support/redis-server.ts';
import { memoryOf, processTree } from '../support/process-usage.ts';
import { inBench } from '../support/programs.ts';
import { costBetween, type RedisCost, redisCost } from '../support/redis-cost.ts';
import { ResultCounter } from '../support/result-counter.ts';
import { RunningFunctions } from '../support/running-functions.ts';
import { nextSampleText, sampleText } from '../support/sample.ts';
import { median } from '../support/statistics.ts';
import { Subject } from '../support/subject.ts';
import type { Budget, Family, Row, Run } from './row.ts';

const SIZES = [1, 10, 100, 1_000] as const;
const FIGURES = { round: 'ms', memory: 'MB' } as const;
type Figure = keyof typeof FIGURES;
const figures: readonly Figure[] = ['round', 'memory'];
const BUDGETS: Record<string, number> = { 'shared-1000-round': 30, 'shared-1000-memory': 150 };

const INPUT_KEY = 'metrics';
const HANDLER = inBench('fixtures', 'handler.mjs');
/** The least spacing of two invocations. */
const PERIOD_MS = 10;
const SETTLE_MS = 1_500;
const ROUND_MS = 30_000;
const SENT = { whole: 20, quick: 5 };
/** Far enough apart for all that a write sets off to be over. */
const gapMs = () => 150 + Math.random() * 50;

const idOf = (size: number, figure: Figure) => `shared-${size}-${figure}`;
const done = z.object({ done: z.literal(true) });

/** Many JavaScript functions that share a thread: the input is written → the last of their results has been written. */
export const shared: Family = {
  ids: SIZES.flatMap((size) => figures.map((figure) => idOf(size, figure))),
  what: 'many shared JavaScript functions',
  async measure(run) {
    const sizes = SIZES.filter((size) => figures.some((figure) => run.wanted(idOf(size, figure))));
    await using stack = new AsyncDisposableStack();
    const server = stack.use(await startRedis({ args: ['--notify-keyspace-events', 'K$'] }));
    const running = stack.use(
      await RunningFunctions.start({
        redisUrl: server.url,
        inputKey: INPUT_KEY,
        path: HANDLER,
        periodMs: PERIOD_MS,
        isolation: 'shared',
        invoke: 'change',
      }),
    );
    const { redis, keys } = running.ctx;
    const counter = stack.use(await ResultCounter.start(server.url, keys.live('f*')));
    const loops = stack.use(
      await Subject.start({
        command: process.execPath,
        args: [inBench('baseline', 'loops.mjs'), server.url, HANDLER, INPUT_KEY, 'loop-output-'],
      }),
    );
    await redis.set(INPUT_KEY, sampleText);
    const rows: Row[] = [];
    for (const size of sizes) {
      run.say(`${size} shared functions: creating them`);
      const startedAt = performance.now();
      await running.grow(size, { kind: 'file', language: 'javascript', text: readFileSync(HANDLER, 'utf8') });
      const createdMs = performance.now() - startedAt;
      const sides = {
        vigia: async () => {
          const all = counter.more(size, ROUND_MS);
          await redis.set(INPUT_KEY, nextSampleText());
          await all;
        },
        loops: () => loops.ask({ functions: size }, done, ROUND_MS),
      };
      const memory = () => ({
        vigia: [...processTree(running.role.pid)].map(([pid, name]) => ({ name, mb: megabytesOf(pid) })),
        loops: megabytesOf(loops.child.pid),
      });
      const cost = () => redisCost(redis, server.pid);
      rows.push(...(await measureSize(run, { size, sides, memory, cost, createdMs })));
    }
    return rows.filter(({ id }) => run.wanted(id));
  },
};

type Measuring = {
  size: number;
  sides: { vigia: () => Promise<unknown>; loops: () => Promise<unknown> };
  memory: () => { vigia: { name: string; mb: number }[]; loops: number };
  cost: () => Promise<RedisCost>;
  createdMs: number;
};

async function measureSize(run: Run, { size, sides, memory, cost, createdMs }: Measuring): Promise<Row[]> {
  await sleep(SETTLE_MS);
  const sent = run.quick ? SENT.quick : SENT.whole;
  const values = { round: [] as number[], memory: [] as number[] };
  const baseline = { round: [] as number[], memory: [] as number[] };
  const costs: RedisCost[] = [];
  let parts: { name: string; mb: number }[] = [];
  // The round before the first warms everybody up and counts for nobody.
  for (let round = 0; round <= run.rounds; round += 1) {
    run.say(`${size} shared functions: round ${round} of ${run.rounds}`);
    const before = await cost();
    const ours = await timesOf(sides.vigia, sent);
    const spent = costBetween(before, await cost());
    const theirs = await timesOf(sides.loops, sent);
    if (round === 0) continue;
    const used = memory();
    values.round.push(median(ours));
    values.memory.push(used.vigia.reduce((sum, { mb }) => sum + mb, 0));
    parts = used.vigia;
    baseline.round.push(median(theirs));
    baseline.memory.push(used.loops);
    costs.push(spent);
  }
  const what = { round: 'input written → last result in Redis', memory: 'memory of the runtime (PSS)' };
  const notes = {
    round: [
      `of a round and what it sets off, Redis is on its CPU for ${describeCost(costs, sent)}`,
      `creating those that were missing took ${(createdMs / 1_000).toFixed(1)} s until each had run`,
    ],
    memory: [parts.map(({ name, mb }) => `${name} ${mb.toFixed(0)} MB`).join(', ')],
  };
  return figures.map((figure) => {
    const id = idOf(size, figure);
    const most = BUDGETS[id];
    const budget: Budget | undefined = most === undefined ? undefined : { of: 'median', limit: 'at most', value: most };
    return {
      id,
      what: `${size} shared JavaScript ${size === 1 ? 'function' : 'functions'}: ${what[figure]}`,
      unit: FIGURES[figure],
      values: values[figure],
      baseline: baseline[figure],
      ...(budget === undefined ? {} : { budget }),
      notes: notes[figure],
    };
  });
}

async function timesOf(work: () => Promise<unknown>, times: number): Promise<number[]> {
  const took: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const startedAt = performance.now();
    await work();
    took.push(performance.now() - startedAt);
    await sleep(gapMs());
  }
  return took;
}

function describeCost(costs: readonly RedisCost[], sent: number): string {
  const each = (pick: (cost: RedisCost) => number) => `${(median(costs.map(pick)) / sent).toFixed(2)} ms`;
  const of = (name: string) => each(({ commands }) => commands.get(name) ?? 0);
  return `${each(({ cpuMs }) => cpuMs)}, ${of('evalsha')} of it in the script that writes; in there SET of result, state and env ${of('set')}, XADD of the history ${of('xadd')}, PUBLISH ${of('publish')}`;
}

function megabytesOf(pid: number): number {
  return memoryOf(pid) / 1e6;
}
