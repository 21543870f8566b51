import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort, startRedis } from '../../e2e/support/redis-server.ts';
import type { Child } from '../support/child.ts';
import { Crowds } from '../support/crowd.ts';
import { cpuSecondsOf, memoryOf } from '../support/process-usage.ts';
import { inBench } from '../support/programs.ts';
import { needBuild, startRole } from '../support/roles.ts';
import { nextSampleText, sampleText } from '../support/sample.ts';
import { percentile } from '../support/statistics.ts';
import { Subject } from '../support/subject.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { Budget, Family, Row, Run } from './row.ts';

const NAME = 'bench';
const INPUT_KEY = 'metrics';
const CHANNEL = 'baseline';
/** As the embedded Redis runs: the wait for the disk is part of what a viewer sees. */
const REDIS_ARGS = ['--appendonly', 'yes', '--appendfsync', 'always', '--notify-keyspace-events', 'K$'];
const SETTLE_MS = 1_000;
const WARM_UP = { viewers: 200, events: 10 };
/** Longer than the least spacing of two invocations, and not in step with anything. */
const gapMs = () => 25 + Math.random() * 15;

const SIZES = [
  { viewers: 1, events: 50 },
  { viewers: 100, events: 30 },
  { viewers: 1_000, events: 20 },
  { viewers: 5_000, events: 10 },
] as const;

const FIGURES = { p50: 'ms', p99: 'ms', memory: 'KiB', cpu: 'µs' } as const;
type Figure = keyof typeof FIGURES;

const WHAT: Record<Figure, string> = {
  p50: 'key written → event, p50',
  p99: 'key written → event, p99',
  memory: 'server memory for each viewer',
  cpu: 'server CPU for each viewer and event',
};

const BUDGETS: Record<string, number> = {
  'live-1-p50': 2,
  'live-1000-p50': 20,
  'live-1000-p99': 60,
  'live-5000-p99': 200,
  'live-5000-memory': 15,
  'live-5000-cpu': 25,
};

const idOf = (viewers: number, figure: Figure) => `live-${viewers}-${figure}`;

/** Few viewers share what a process needs anyway, so only many of them tell what one costs. */
const figuresOf = (viewers: number): Figure[] => (viewers < 1_000 ? ['p50', 'p99'] : ['p50', 'p99', 'memory', 'cpu']);

/** From a write of the input key to viewers of the result, through the real roles; beside a bare server of events. */
export const live: Family = {
  ids: SIZES.flatMap(({ viewers }) => figuresOf(viewers).map((figure) => idOf(viewers, figure))),
  what: 'the live feed',
  async measure(run) {
    needBuild();
    const sizes = SIZES.filter(({ viewers }) => figuresOf(viewers).some((figure) => run.wanted(idOf(viewers, figure))));
    await using stack = new AsyncDisposableStack();
    const folder = stack.use(temporaryFolder());
    const server = stack.use(await startRedis({ args: [...REDIS_ARGS, '--dir', folder.path] }));
    const redis = new Redis(server.url);
    stack.defer(() => redis.disconnect());
    await redis.set(INPUT_KEY, sampleText);
    const env = { REDIS_URL: server.url, VIGIA_HOME: folder.path };
    stack.use(
      await startRole('functions', {
        ...env,
        FUNCTION_NAME: NAME,
        FUNCTION_INVOKE: 'change',
        MONITORING_PERIOD: '0.01',
        REDIS_INPUT_KEY: INPUT_KEY,
      }),
    );
    const rows: Row[] = [];
    for (const { viewers, events } of sizes) {
      // Each size has fresh servers: what the last one left in memory is not this one's.
      await using side = new AsyncDisposableStack();
      const [port, baselinePort] = [await freePort(), await freePort()];
      const web = side.use(await startRole('web', { ...env, PORT: String(port) }));
      const bare = side.use(
        await Subject.start({
          command: process.execPath,
          args: [inBench('baseline', 'live-server.ts'), server.url, CHANNEL, String(baselinePort)],
        }),
      );
      const result = JSON.stringify({ result: (await redis.get('metrics-output')) ?? sampleText });
      const contestants: [Contestant, Contestant] = [
        {
          crowd: 'vigia',
          process: web,
          port,
          path: `/live/${NAME}`,
          write: () => redis.set(INPUT_KEY, nextSampleText()),
        },
        {
          crowd: 'bare',
          process: bare.child,
          port: baselinePort,
          path: '/',
          write: () => redis.pipeline().set('baseline-output', result).publish(CHANNEL, result).exec(),
        },
      ];
      await warmUp(run, contestants);
      const crowds = side.use(await Crowds.start());
      rows.push(...(await measureSize(run, crowds, contestants, viewers, run.quick ? Math.ceil(events / 3) : events)));
    }
    return rows.filter(({ id }) => run.wanted(id));
  },
};

type Contestant = {
  crowd: string;
  process: Pick<Child, 'pid'>;
  port: number;
  path: string;
  write: () => Promise<unknown>;
};

type Figures = Record<Figure, number[]>;

/** What a server needs once, for its first viewers, is not what each of them needs. */
async function warmUp(run: Run, contestants: readonly Contestant[]): Promise<void> {
  run.say('live feed: warming up fresh servers');
  {
    await using crowds = await Crowds.start();
    for (const contestant of contestants) {
      const { crowd, port, path } = contestant;
      await crowds.connect(crowd, port, path, WARM_UP.viewers);
      await send(crowds, contestant, WARM_UP.events);
    }
  }
  await sleep(SETTLE_MS);
}

async function measureSize(
  run: Run,
  crowds: Crowds,
  contestants: readonly [Contestant, Contestant],
  viewers: number,
  events: number,
): Promise<Row[]> {
  const notes: string[] = [];
  const sides: { contestant: Contestant; figures: Figures; reached: number; before: number }[] = [];
  for (const contestant of contestants) {
    run.say(`live feed: connecting ${viewers} viewers to ${contestant.crowd}`);
    const before = memoryOf(contestant.process.pid);
    const { crowd, port, path } = contestant;
    const { viewers: reached, failure } = await crowds.connect(crowd, port, path, viewers);
    if (reached < viewers) notes.push(`${crowd} reached ${reached} of ${viewers} viewers: ${failure}`);
    sides.push({ contestant, figures: { p50: [], p99: [], memory: [], cpu: [] }, reached, before });
  }
  await sleep(SETTLE_MS);
  // The round before the first warms everybody up and counts for nobody.
  for (let round = 0; round <= run.rounds; round += 1) {
    run.say(`live feed, ${viewers} viewers: round ${round} of ${run.rounds}`);
    for (const { contestant, figures, reached } of sides) {
      const { latencies, cpuSeconds } = await send(crowds, contestant, events);
      const missing = reached * events - latencies.length;
      if (missing > 0) notes.push(`${contestant.crowd} did not deliver ${missing} of ${reached * events} events`);
      if (round === 0) continue;
      figures.p50.push(percentile(latencies, 0.5));
      figures.p99.push(percentile(latencies, 0.99));
      figures.cpu.push((cpuSeconds * 1e6) / latencies.length);
    }
  }
  for (const { contestant, figures, reached, before } of sides) {
    figures.memory.push((memoryOf(contestant.process.pid) - before) / 1024 / reached);
  }
  return figuresOf(viewers).map((figure) => {
    const id = idOf(viewers, figure);
    const [ours, baseline] = sides.map(({ figures }) => figures[figure]);
    const budget: Budget | undefined =
      BUDGETS[id] === undefined ? undefined : { of: 'median', limit: 'at most', value: BUDGETS[id] };
    return {
      id,
      what: `${viewers} ${viewers === 1 ? 'viewer' : 'viewers'}: ${WHAT[figure]}`,
      unit: FIGURES[figure],
      values: ours ?? [],
      ...(baseline === undefined ? {} : { baseline }),
      ...(budget === undefined ? {} : { budget }),
      ...(figure === 'p50' && notes.length > 0 ? { notes } : {}),
    };
  });
}

/** One event after another, each when the one before it has arrived everywhere. */
async function send(
  crowds: Crowds,
  { crowd, process, write }: Contestant,
  events: number,
): Promise<{ latencies: number[]; cpuSeconds: number }> {
  const cpuBefore = cpuSecondsOf(process.pid);
  const latencies: number[] = [];
  for (let event = 0; event < events; event += 1) {
    latencies.push(...(await crowds.latencies(crowd, write)));
    await sleep(gapMs());
  }
  return { latencies, cpuSeconds: cpuSecondsOf(process.pid) - cpuBefore };
}
