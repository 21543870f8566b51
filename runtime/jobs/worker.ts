import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Redis } from 'ioredis';
import type { Context } from '#lib/context';
import { isUnavailable, messageOf } from '#lib/errors';
import { endLostJobs } from '#lib/jobs/end-lost-jobs';
import { holdJobs, leaveJobs } from '#lib/jobs/hold-jobs';
import { countPermits, grantPermits } from '#lib/jobs/permits';
import { takeJob } from '#lib/jobs/take-job';
import { pause } from '#lib/lifecycle';
import type { JobWorker } from '#lib/schemas/job-queue';
import type { Executor, NoExecutor } from './executors/executor.ts';
import { JobRun } from './job-run.ts';
import { untilAnswered } from './until-answered.ts';

/** How often a worker says that it is there, and how soon it says so again after Redis was away. */
const BEAT_MS = 2_000;
const AWAY_MS = 500;
/** How long there is to write how jobs ended when the worker stops. */
const WRITE_MS = 1_500;

/** Takes jobs one after another in as many places as it may, and answers for them until they have ended. */
export class JobsWorker {
  readonly #ctx: Context;
  readonly #executor: Executor | NoExecutor;
  readonly #self: JobWorker;
  /** Not by their jobs: it may be given one again while it does not yet know that it has lost it. */
  readonly #runs = new Map<string, JobRun>();
  readonly #places = new Set<Promise<void>>();
  /** What was cancelled so soon that this worker had not yet heard that it has it. */
  readonly #cancelledEarly = new Set<number>();
  readonly #stopping = new AbortController();
  /** Aborted when there is no more time to wait for Redis. */
  readonly #patience = new AbortController();
  #taken = 0;

  constructor(ctx: Context, subscriber: Redis, executor: Executor | NoExecutor) {
    this.#ctx = ctx;
    this.#executor = executor;
    this.#self = {
      instance: randomUUID(),
      host: hostname(),
      pid: process.pid,
      executor: executor.name,
      tier: executor.tier,
      missing: [...executor.missing],
      languages: executor.tier === null ? [] : [...executor.languages],
      concurrency: ctx.config.jobs.concurrency,
    };
    const { cancelled } = ctx.keys.jobs;
    subscriber.on('message', (channel: string, message: string) => {
      if (channel === cancelled) this.#cancel(Number(message));
    });
    void subscriber.subscribe(cancelled).catch(() => {
      // It was closed before Redis answered.
    });
  }

  /** How many jobs run here. */
  get running(): number {
    return this.#runs.size;
  }

  /** Says that it is there, until its last job has ended: one that says nothing has lost them. */
  async beat(): Promise<void> {
    const { signal } = this.#patience;
    while (!signal.aborted) {
      let waitMs = BEAT_MS;
      try {
        await this.#sayThatItIsThere();
        await endLostJobs(this.#ctx);
      } catch (error) {
        if (!isUnavailable(error)) this.#ctx.log.error({ reason: messageOf(error) }, 'a heartbeat failed');
        waitMs = AWAY_MS;
      }
      await pause(waitMs, signal);
    }
  }

  /** Uses one permit: takes jobs for as long as there is one that may run. */
  async work(): Promise<void> {
    const place = this.#work();
    this.#places.add(place);
    await place.finally(() => this.#places.delete(place));
  }

  /** Takes no more jobs; waits for those that run, ends and hands back what takes too long. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    if (!(await this.#allEnd(this.#ctx.config.jobs.graceMs))) {
      for (const run of this.#runs.values()) run.handBack();
      await this.#allEnd(WRITE_MS);
    }
    this.#patience.abort();
    await leaveJobs(this.#ctx, this.#self).catch(() => {
      // Redis is away: it is forgotten in a while.
    });
  }

  async #work(): Promise<void> {
    const executor = this.#executor;
    if (executor.tier === null) return;
    while (!this.#stopping.signal.aborted) {
      const run = `${this.#self.instance}:${++this.#taken}`;
      const { name, tier, languages } = executor;
      const wanted = { run, executor: name, tier, languages };
      const job = await untilAnswered(() => takeJob(this.#ctx, wanted), this.#patience.signal);
      if (job === null) return;
      await this.#live(new JobRun(this.#ctx, executor, job, run));
    }
  }

  async #live(run: JobRun): Promise<void> {
    this.#runs.set(run.run, run);
    if (this.#cancelledEarly.delete(run.id)) run.cancel();
    try {
      await run.live(this.#patience.signal);
    } finally {
      this.#runs.delete(run.run);
    }
  }

  #cancel(id: number): void {
    const ours = [...this.#runs.values()].filter((run) => run.id === id);
    if (ours.length === 0) this.#cancelledEarly.add(id);
    for (const run of ours) run.cancel();
  }

  async #sayThatItIsThere(): Promise<void> {
    this.#cancelledEarly.clear();
    const { gone, unwanted, waiting } = await holdJobs(this.#ctx, this.#self, [...this.#runs.values()]);
    // Those of them that have ended meanwhile are not there any more.
    for (const run of gone) this.#runs.get(run)?.abandon();
    for (const run of unwanted) this.#runs.get(run)?.cancel();
    const { languages, concurrency } = this.#self;
    const wanted = Math.min(waiting, concurrency - this.#runs.size);
    if (wanted > 0 && !this.#stopping.signal.aborted)
      await grantPermits(this.#ctx, languages, wanted - (await countPermits(this.#ctx, languages)));
  }

  /** Whether every place is free within this time. */
  async #allEnd(ms: number): Promise<boolean> {
    const patience = new AbortController();
    const all = Promise.allSettled(this.#places);
    await Promise.race([all, pause(ms, patience.signal)]);
    patience.abort();
    return this.#places.size === 0;
  }
}
