import type { Redis } from 'ioredis';
import { messageOf } from '#lib/errors';
import { settingsInForce } from '#lib/functions/layers';
import { findRecord } from '#lib/functions/records';
import { connect, createSubscriber } from '#lib/redis';
import type { FunctionRecord } from '#lib/schemas/record';
import type { Machinery } from './machinery.ts';
import { RunningFunction } from './running-function.ts';
import type { Task } from './schedule.ts';

/** Changes are announced; this is against a lost message. */
const LOOK_MS = 5_000;

type Known = {
  /** Of the record that has been acted upon. */
  revision: number;
  createdAt: number;
  running: RunningFunction | null;
};

/**
 * Runs what the registry in Redis says is to run, and goes along with its changes. A function that a deployment declares
 * runs only where it is declared; all others run wherever they come first.
 */
export class Registry implements Task, AsyncDisposable {
  readonly periodMs = LOOK_MS;
  readonly #machinery: Machinery;
  /** What this runtime's own environment declares. */
  readonly #declared: { name: string; vanished: () => void };
  readonly #subscriber: Redis;
  readonly #known = new Map<string, Known>();
  /** The changes of one function are made one after another. */
  readonly #work = new Map<string, Promise<void>>();
  #stopped = false;
  #failing = false;

  constructor(machinery: Machinery, declared: { name: string; vanished: () => void }) {
    const { ctx, schedule } = machinery;
    this.#machinery = machinery;
    this.#declared = declared;
    this.#subscriber = createSubscriber(ctx.config.redis, 'registry', ctx.log);
    this.#subscriber.on('message', (_channel: string, name: string) => void this.#refresh(name, true));
    schedule.add(this);
  }

  /** How many functions run here, or stand by. */
  get running(): number {
    return this.#known.values().reduce((count, { running }) => count + (running === null ? 0 : 1), 0);
  }

  async start(): Promise<void> {
    await connect(this.#subscriber);
    void this.#subscriber.subscribe(this.#machinery.ctx.keys.registryChanged).catch(() => {
      // Ended before Redis came: nobody listens any more.
    });
    await this.run();
  }

  /** Looks at all of the registry. */
  async run(): Promise<void> {
    const { redis, keys, log } = this.#machinery.ctx;
    try {
      const revisions = new Map(Object.entries(await redis.hgetall(keys.registry)));
      if (!revisions.has(this.#declared.name)) this.#declared.vanished();
      const changed = [...revisions].filter(([name, at]) => Number(at) !== this.#known.get(name)?.revision);
      const gone = [...this.#known.keys()].filter((name) => !revisions.has(name));
      await Promise.all([...changed.map(([name]) => name), ...gone].map((name) => this.#refresh(name, false)));
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) log.debug({ reason: messageOf(error) }, 'the registry cannot be read');
      this.#failing = true;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true;
    this.#subscriber.disconnect();
    await Promise.all(this.#work.values());
    await Promise.all([...this.#known.values()].map(({ running }) => running?.stop()));
  }

  #refresh(name: string, isAnnounced: boolean): Promise<void> {
    const { log } = this.#machinery.ctx;
    const work = (this.#work.get(name) ?? Promise.resolve())
      .then(() => this.#refreshOne(name, isAnnounced))
      .catch((error: unknown) => {
        log.warn({ function: name, reason: messageOf(error) }, 'a change is not followed yet');
      })
      .finally(() => {
        if (this.#work.get(name) === work) this.#work.delete(name);
      });
    this.#work.set(name, work);
    return work;
  }

  async #refreshOne(name: string, isAnnounced: boolean): Promise<void> {
    if (this.#stopped) return;
    const record = await findRecord(this.#machinery.ctx, name);
    const known = this.#known.get(name);
    if (record === null) return await this.#gone(name, known);
    if (known?.revision === record.revision) {
      // What is announced without a change is that somebody has let the function go.
      if (isAnnounced) await known.running?.claim();
      return;
    }
    const { revision, createdAt } = record;
    const before = known?.running ?? null;
    // Deleted and made again: another function, unless it is ours, which then goes on as it is.
    const isAnother = createdAt !== known?.createdAt && name !== this.#declared.name;
    if (isAnother) await before?.stop();
    this.#known.set(name, { revision, createdAt, running: await this.#follow(record, isAnother ? null : before) });
  }

  async #follow(record: FunctionRecord, running: RunningFunction | null): Promise<RunningFunction | null> {
    const { enabled } = settingsInForce(record);
    const isOurs = record.deployment === null || record.name === this.#declared.name;
    if (enabled && isOurs) {
      if (running === null) return await RunningFunction.start(record, this.#machinery);
      running.apply(record);
      return running;
    }
    await running?.stop(enabled ? undefined : 'disabled');
    return null;
  }

  /** What we declare is declared again, and goes on as it is: an empty Redis has come back in the place of a full one. */
  async #gone(name: string, known: Known | undefined): Promise<void> {
    if (name === this.#declared.name) return this.#declared.vanished();
    this.#known.delete(name);
    await known?.running?.stop();
  }
}
