import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect } from 'vitest';
import { type Config, loadConfig } from '#lib/config';
import { type Keys, keysFor } from '#lib/keys';
import { createLog, type Log } from '#lib/log';
import { connectionOptions } from '#lib/redis-connection';
import { type FunctionState, functionState } from '#lib/schemas/function';
import { type LiveEntry, liveEntry } from '#lib/schemas/history';

export type LiveResult = LiveEntry & { id: string };

/** A role's configuration, log and Redis, as a suite needs them: settings by their environment names. */
export class RoleUnderTest implements AsyncDisposable {
  readonly config: Config;
  readonly keys: Keys;
  readonly redis: Redis;
  readonly logLines: string[] = [];
  readonly log: Log;
  readonly #subscriber: Redis;
  readonly #home = mkdtempSync(join(tmpdir(), 'vigia-test-'));

  constructor(redisUrl: string, settings: Record<string, string>) {
    const { PATH = '', HOME = '' } = process.env;
    this.config = loadConfig({ PATH, HOME, VIGIA_HOME: this.#home, REDIS_URL: redisUrl, ...settings });
    this.keys = keysFor(this.config.redis.keyPrefix);
    const options = { maxRetriesPerRequest: null, ...connectionOptions(this.config.redis) };
    this.redis = new Redis(redisUrl, options);
    this.#subscriber = new Redis(redisUrl, options);
    for (const client of [this.redis, this.#subscriber]) client.on('error', () => {});
    this.log = createLog('test', 'debug', (line) => this.logLines.push(line));
  }

  async state(): Promise<FunctionState | null> {
    const text = await this.redis.get(this.keys.functionState(this.config.function.name));
    return text === null ? null : functionState.parse(JSON.parse(text));
  }

  /** The log's lines with this message. */
  logged(message: string): Record<string, unknown>[] {
    return this.logLines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === message);
  }

  /** Results and failures as viewers get them, from now on. */
  async results(name = this.config.function.name): Promise<{ next(): Promise<LiveResult>; all: LiveResult[] }> {
    const live = this.keys.live(name);
    const all: LiveResult[] = [];
    const waiting: (() => void)[] = [];
    this.#subscriber.on('message', (channel: string, message: string) => {
      if (channel !== live) return;
      const end = message.indexOf('\n');
      const [kind, id = ''] = message.slice(0, end).split(' ');
      if (kind !== 'result') return;
      all.push({ id, ...liveEntry.parse(JSON.parse(message.slice(end + 1))) });
      for (const wake of waiting.splice(0)) wake();
    });
    await this.#subscriber.subscribe(live);
    let seen = 0;
    return {
      all,
      async next() {
        while (all[seen] === undefined) await new Promise<void>((resolve) => waiting.push(resolve));
        const result = all[seen++];
        if (result === undefined) throw new Error('no result');
        return result;
      },
    };
  }

  /** After an outage: what runs once must not run before its results are heard again. */
  async listening(name = this.config.function.name): Promise<void> {
    const heard = async () => Number((await this.redis.pubsub('NUMSUB', this.keys.live(name)))[1]);
    await expect.poll(heard, { timeout: 15_000 }).toBeGreaterThan(0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.redis.disconnect();
    this.#subscriber.disconnect();
    rmSync(this.#home, { recursive: true, force: true });
  }
}
