import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { containerCpuSecondsOf, containerMemoryOf } from '../support/container-usage.ts';
import { Crowds } from '../support/crowd.ts';
import { JobService } from '../support/job-service.ts';
import { inBench, need } from '../support/programs.ts';
import { startRole } from '../support/roles.ts';
import { RunningFunctions } from '../support/running-functions.ts';
import type { Family, Row } from './row.ts';

const ROLES = ['web', 'functions', 'jobs', 'collector', 'redis'] as const;
type Role = (typeof ROLES)[number];
type Usage = { memoryMb: number; cpuPercent: number };
type Usages = Record<Role, Usage>;

const INPUT_KEY = 'metrics';
const HANDLER = inBench('fixtures', 'handler.py');
const LOAD = { functions: 10, viewers: 50, jobsAtOnce: 4, pagesASecond: 1 } as const;
/** A second of which it works a third, with some 40 MB. */
const JOB = `import time
numbers = sorted(str(each * 7919 % 1_000_003) for each in range(300_000))
time.sleep(0.7)
print(len(numbers))`;
const SETTLE_MS = 5_000;
const LOOK_MS = 500;
/** Whole periods of the collector. */
const WINDOW = { whole: 20_000, quick: 5_000 };
/** Each round starts everything anew, and what a role needs is much the same in every one. */
const MOST_ROUNDS = 3;

/** What each role's container holds and spends: with little to do, as the baseline, and with what a small team asks of it. */
export const roles: Family = {
  ids: ROLES.flatMap((role) => [`role-${role}-memory`, `role-${role}-cpu`]),
  what: 'what each role needs',
  async measure(run) {
    need('python3');
    const rounds: { idle: Usages; loaded: Usages }[] = [];
    for (let round = 1; round <= Math.min(run.rounds, MOST_ROUNDS); round += 1) {
      run.say(`what each role needs: round ${round}`);
      rounds.push(await measureRound(run.quick ? WINDOW.quick : WINDOW.whole));
    }
    const figures = (role: Role, when: 'idle' | 'loaded', figure: keyof Usage) =>
      rounds.map((round) => round[when][role][figure]);
    return ROLES.flatMap((role): Row[] => [
      {
        ...{ id: `role-${role}-memory`, what: `${role} under load: memory, beside little to do`, unit: 'MB' },
        ...{ values: figures(role, 'loaded', 'memoryMb'), baseline: figures(role, 'idle', 'memoryMb') },
      },
      {
        ...{ id: `role-${role}-cpu`, what: `${role} under load: CPU of one core`, unit: '%' },
        ...{ values: figures(role, 'loaded', 'cpuPercent'), baseline: figures(role, 'idle', 'cpuPercent') },
      },
    ]).filter(({ id }) => run.wanted(id));
  },
};

async function measureRound(windowMs: number): Promise<{ idle: Usages; loaded: Usages }> {
  await using stack = new AsyncDisposableStack();
  const places = String(LOAD.jobsAtOnce);
  const service = stack.use(await JobService.start({ JOBS_CONCURRENCY: places, JOBS_RUNNING_PER_USER: places }));
  const redisUrl = service.redis.url;
  const collector = stack.use(await startRole('collector', { REDIS_URL: redisUrl, COLLECT: 'on' }));
  const order = { redisUrl, inputKey: INPUT_KEY, path: HANDLER, periodMs: 1_000 } as const;
  const running = stack.use(await RunningFunctions.start({ ...order, isolation: 'own', invoke: 'tick' }));
  const pids: Record<Role, number> = {
    ...{ web: service.web.pid, functions: running.role.pid, jobs: service.worker.pid },
    ...{ collector: collector.pid, redis: service.redis.pid },
  };
  await sleep(SETTLE_MS);
  const idle = await watch(pids, windowMs);
  stack.use(await load(service, running, windowMs));
  await sleep(SETTLE_MS);
  return { idle, loaded: await watch(pids, windowMs) };
}

/** Lasts until it is disposed of, and its jobs for at least the window. */
async function load(service: JobService, running: RunningFunctions, windowMs: number): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  await running.grow(LOAD.functions, { kind: 'file', language: 'python', text: readFileSync(HANDLER, 'utf8') });
  const crowds = stack.use(await Crowds.start());
  for (const name of running.names)
    await crowds.connect(name, service.port, `/live/${name}`, LOAD.viewers / LOAD.functions);
  const seconds = (SETTLE_MS + windowMs) / 1_000;
  for (let job = 0; job < seconds * LOAD.jobsAtOnce; job += 1) await service.submit({ language: 'python', code: JOB });
  const pages = setInterval(() => void open(service.port, running.names), 1_000 / LOAD.pagesASecond);
  stack.defer(() => clearInterval(pages));
  return stack.move();
}

async function open(port: number, names: readonly string[]): Promise<void> {
  const name = names[Math.floor(Math.random() * names.length)];
  const page = await fetch(`http://127.0.0.1:${port}/functions/${name}`, { headers: { accept: 'text/html' } });
  await page.text();
}

/** Memory is the most that was seen. */
async function watch(pids: Record<Role, number>, windowMs: number): Promise<Usages> {
  const before = perRole((role) => containerCpuSecondsOf(pids[role]));
  const most = perRole(() => 0);
  const startedAt = performance.now();
  while (performance.now() - startedAt < windowMs) {
    await sleep(LOOK_MS);
    for (const role of ROLES) most[role] = Math.max(most[role], containerMemoryOf(pids[role]) / 1e6);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const spent = (role: Role) => containerCpuSecondsOf(pids[role]) - before[role];
  return perRole((role) => ({ memoryMb: most[role], cpuPercent: (spent(role) / seconds) * 100 }));
}

function perRole<T>(make: (role: Role) => T): Record<Role, T> {
  return {
    ...{ web: make('web'), functions: make('functions'), jobs: make('jobs') },
    ...{ collector: make('collector'), redis: make('redis') },
  };
}
