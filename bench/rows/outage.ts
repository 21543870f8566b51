import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { type RedisServer, startRedis } from '../../e2e/support/redis-server.ts';
import { memoryOf, processTree } from '../support/process-usage.ts';
import { inBench, need } from '../support/programs.ts';
import { RunningFunctions } from '../support/running-functions.ts';
import { sampleText } from '../support/sample.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { Family, Row, Run, Skipped } from './row.ts';

const INPUT_KEY = 'metrics';
const PERIOD_MS = 100;
const BEFORE_MS = 3_000;
/** For the memory that the runtime has gained to be what it keeps. */
const AFTER_MS = 3_000;
const RETURN_MS = 60_000;
const LOOK_MS = 10;
/** Of the bare client: enough to find the first one after an outage. */
const KEPT_WRITES = 600;

const OUTAGES = [
  { seconds: 5, mostRounds: 5 },
  { seconds: 20, mostRounds: 3 },
  { seconds: 60, mostRounds: 1 },
] as const;
const QUICK_SECONDS = 5;

const idsOf = (seconds: number) => ({ back: `outage-${seconds}`, memory: `outage-${seconds}-memory` });

/** Redis is killed and comes back with what it had on disk; beside a bare client that writes as often. */
export const outage: Family = {
  ids: OUTAGES.flatMap(({ seconds }) => Object.values(idsOf(seconds))),
  what: 'an outage of Redis',
  async measure(run) {
    need('python3');
    const rows: (Row | Skipped)[] = [];
    for (const { seconds, mostRounds } of OUTAGES) {
      const ids = Object.values(idsOf(seconds)).filter(run.wanted);
      const skipped = `--quick has only that of ${QUICK_SECONDS} s`;
      if (run.quick && seconds !== QUICK_SECONDS)
        rows.push(...ids.map((id) => ({ id, what: `Redis away for ${seconds} s`, skipped })));
      else if (ids.length > 0) rows.push(...(await measureOutage(run, seconds, Math.min(run.rounds, mostRounds))));
    }
    return rows.filter(({ id }) => run.wanted(id));
  },
};

async function measureOutage(run: Run, seconds: number, rounds: number): Promise<Row[]> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(temporaryFolder());
  // As the embedded Redis runs.
  const args = ['--appendonly', 'yes', '--appendfsync', 'always', '--dir', folder.path];
  let server: RedisServer = await startRedis({ args });
  stack.defer(() => server[Symbol.asyncDispose]());
  const { url: redisUrl, port } = server;
  const bare = stack.use(new BareClient(redisUrl));
  await bare.redis.set(INPUT_KEY, sampleText);
  const running = stack.use(
    await RunningFunctions.start({
      redisUrl,
      inputKey: INPUT_KEY,
      path: inBench('fixtures', 'handler.py'),
      periodMs: PERIOD_MS,
      isolation: 'own',
      invoke: 'tick',
    }),
  );
  await running.allHaveRun();
  await sleep(BEFORE_MS);
  const memory = () => [...processTree(running.role.pid).keys()].reduce((sum, pid) => sum + memoryOf(pid), 0) / 2 ** 20;
  const back: number[] = [];
  const baseline: number[] = [];
  const gained: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    run.say(`Redis away for ${seconds} s: round ${round} of ${rounds}`);
    const before = memory();
    await server[Symbol.asyncDispose]();
    await sleep(seconds * 1_000);
    server = await startRedis({ port, args });
    const returnedAt = Date.now();
    back.push((await firstResultSince(running, returnedAt)) - returnedAt);
    baseline.push((await bare.firstWriteSince(returnedAt)) - returnedAt);
    await sleep(AFTER_MS);
    gained.push(memory() - before);
  }
  const { back: id, memory: memoryId } = idsOf(seconds);
  const what = `Redis killed, back after ${seconds} s`;
  return [
    {
      id,
      what: `${what}: back → fresh result written`,
      unit: 'ms',
      values: back,
      baseline,
      budget: { of: 'median', limit: 'at most', value: 5_000 },
    },
    { id: memoryId, what: `${what}: memory that the runtime gained`, unit: 'MiB', values: gained },
  ];
}

/** When the history got its first entry after this time, by the clock that this machine's processes share. */
async function firstResultSince({ ctx: { redis, keys }, names: [name = ''] }: RunningFunctions, since: number) {
  for (const until = performance.now() + RETURN_MS; performance.now() < until; await sleep(LOOK_MS)) {
    const [first] = await redis.xrange(keys.history(name), since, '+', 'COUNT', 1);
    if (first !== undefined) return Number(first[0].split('-')[0]);
  }
  throw new Error(`no result within ${RETURN_MS} ms of the return of Redis`);
}

/** What a loop would have without any thought of outages: a client with its defaults, and a write every period. */
class BareClient implements AsyncDisposable {
  readonly redis: Redis;
  readonly #stop = new AbortController();
  readonly #ended: Promise<void>;
  #writtenAt: number[] = [];

  constructor(url: string) {
    this.redis = new Redis(url);
    this.redis.on('error', () => {});
    this.#ended = this.#write();
  }

  async firstWriteSince(since: number): Promise<number> {
    for (const until = performance.now() + RETURN_MS; performance.now() < until; await sleep(LOOK_MS)) {
      const first = this.#writtenAt.find((at) => at >= since);
      if (first !== undefined) return first;
    }
    throw new Error(`a bare client wrote nothing within ${RETURN_MS} ms of the return of Redis`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    this.redis.disconnect();
    await this.#ended;
  }

  async #write(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await sleep(PERIOD_MS);
      const written = await this.redis.set('bare-output', 'x').catch(() => null);
      if (written !== null) this.#writtenAt = [...this.#writtenAt, Date.now()].slice(-KEPT_WRITES);
    }
  }
}
