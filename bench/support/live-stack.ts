import { Redis } from 'ioredis';
import { keysFor, liveMessage } from '#lib/keys';
import { pause } from '#lib/lifecycle';
import { freePort, startRedis } from '../../e2e/support/redis-server.ts';
import { inBench } from './programs.ts';
import { needBuild, startRole } from './roles.ts';
import { Subject } from './subject.ts';
import { temporaryFolder } from './temporary-folder.ts';

const NAME = 'bench';
const INPUT_KEY = 'metrics';
const CHANNEL = 'baseline';
const VERSION = 'abc1234';
const PERIOD_MS = 1_000;
/** What the live page shows unless it is asked for another range. */
const RANGE_MS = 15 * 60_000;

const keys = keysFor('vigia:');

/** The result of a moment: numbers by the names of their series. */
type ResultAt = (at: number) => Record<string, number>;

/** A function that runs once a second and has done so for a quarter of an hour, its live page, and a bare page beside it. */
export class LiveStack implements AsyncDisposable {
  readonly pages: { live: string; bare: string };
  readonly #redis: Redis;
  readonly #resultAt: ResultAt;
  readonly #stack: AsyncDisposableStack;
  #clock = 0;

  /** `series` is the one that the bare page shows. */
  static async start(resultAt: ResultAt, series: string): Promise<LiveStack> {
    needBuild();
    await using stack = new AsyncDisposableStack();
    const folder = stack.use(temporaryFolder());
    const server = stack.use(await startRedis());
    const redis = new Redis(server.url);
    stack.defer(() => redis.disconnect());
    await writePast(redis, resultAt);
    const env = { REDIS_URL: server.url, VIGIA_HOME: folder.path };
    stack.use(
      await startRole('functions', {
        ...env,
        FUNCTION_NAME: NAME,
        FUNCTION_PATH: inBench('fixtures', 'as-is.mjs'),
        MONITORING_PERIOD: String(PERIOD_MS / 1_000),
        REDIS_INPUT_KEY: INPUT_KEY,
      }),
    );
    const [port, barePort] = [await freePort(), await freePort()];
    stack.use(await startRole('web', { ...env, PORT: String(port) }));
    const args = [inBench('baseline', 'live-server.ts'), server.url, CHANNEL, String(barePort), series];
    stack.use(await Subject.start({ command: process.execPath, args }));
    const pages = {
      live: `http://127.0.0.1:${port}/functions/${NAME}`,
      bare: `http://127.0.0.1:${barePort}/page`,
    };
    return new LiveStack(pages, redis, resultAt, stack.move());
  }

  private constructor(pages: LiveStack['pages'], redis: Redis, resultAt: ResultAt, stack: AsyncDisposableStack) {
    this.pages = pages;
    this.#redis = redis;
    this.#resultAt = resultAt;
    this.#stack = stack;
  }

  /** Writes a sample every second, as a collector does, and a result for the bare page, until it is disposed of. */
  keepWriting(): AsyncDisposable {
    const stop = new AbortController();
    const writing = this.#writeUntil(stop.signal);
    return {
      async [Symbol.asyncDispose]() {
        stop.abort();
        await writing;
      },
    };
  }

  /** Tells viewers of the next second's result, whenever that second is, as the runtime tells of one that it has written. */
  async tellNextSecond(): Promise<void> {
    this.#clock = Math.max(this.#clock, Date.now()) + PERIOD_MS;
    const result = JSON.stringify(this.#resultAt(this.#clock));
    const entry = { inputAt: this.#clock, tookMs: 0.5, lagMs: 0.5, version: VERSION, result };
    await this.#redis
      .pipeline()
      .publish(keys.live(NAME), `${liveMessage.result} ${this.#clock}-0\n${JSON.stringify(entry)}`)
      .publish(CHANNEL, JSON.stringify({ result }))
      .exec();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }

  async #writeUntil(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const result = JSON.stringify(this.#resultAt(Date.now()));
      await this.#redis.pipeline().set(INPUT_KEY, result).publish(CHANNEL, JSON.stringify({ result })).exec();
      await pause(PERIOD_MS, signal);
    }
  }
}

async function writePast(redis: Redis, resultAt: ResultAt): Promise<void> {
  const now = Date.now();
  const pipeline = redis.pipeline().set(INPUT_KEY, JSON.stringify(resultAt(now)));
  for (let at = now - RANGE_MS; at < now; at += PERIOD_MS) {
    const fields = ['i', at, 'd', 0.5, 'l', 0.5, 'v', VERSION, 'r', JSON.stringify(resultAt(at))];
    pipeline.xadd(keys.history(NAME), `${at}-0`, ...fields);
  }
  await pipeline.exec();
}
