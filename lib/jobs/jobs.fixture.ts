import { expect } from 'vitest';
import type { Caller } from '#lib/auth/caller';
import { storeUser } from '#lib/auth/store-user';
import { type Context, createContext } from '#lib/context';
import { createCommandClient, createSubscriber } from '#lib/redis';
import { type Job, type JobLanguage, type JobSummary, jobLanguage, type NewJob } from '#lib/schemas/job';
import type { JobWorker } from '#lib/schemas/job-queue';
import { roleSuite } from '../../e2e/support/role-suite.ts';
import { endLostJobs } from './end-lost-jobs.ts';
import { JobChanges } from './job-changes.ts';
import { readJob } from './read-job.ts';
import { submitJob } from './submit-job.ts';
import { takeJob } from './take-job.ts';

const caller = (uid: number, name: string, role: Caller['role']): Caller => {
  return { uid, name, role, via: 'token', credentialId: 'a token' };
};
export const ADMIN = caller(0, 'admin', 'admin');
export const ADA = caller(1, 'ada', 'user');
export const BOB = caller(2, 'bob', 'user');

/** Jobs in a real Redis: each test has keys of its own. */
export function jobsSuite() {
  const suite = roleSuite();
  return {
    suite,
    async world(settings: Record<string, string> = {}, url = suite.redisUrl) {
      const { under } = suite.surroundings(settings, url);
      const redis = createCommandClient({ url }, 'test', under.log);
      const subscriber = createSubscriber({ url }, 'test', under.log);
      for (const client of [redis, subscriber]) {
        suite.open.push({ [Symbol.asyncDispose]: async () => client.disconnect() });
      }
      await Promise.all([redis.connect(), subscriber.connect()]);
      const ctx = createContext(under.config, redis, under.log);
      for (const { name, role } of [ADMIN, ADA, BOB]) {
        await storeUser(ctx, {
          name,
          role,
          password: 'of nobody who signs in',
          number: role === 'admin' ? 'first' : 'next',
        });
      }
      return new World(ctx, new JobChanges(subscriber, under.keys), under);
    },
  };
}

type Surroundings = ReturnType<ReturnType<typeof roleSuite>['surroundings']>['under'];

/** What tests of jobs do all the time. */
export class World {
  readonly ctx: Context;
  readonly changes: JobChanges;
  readonly under: Surroundings;
  #runs = 0;

  constructor(ctx: Context, changes: JobChanges, under: Surroundings) {
    this.ctx = ctx;
    this.changes = changes;
    this.under = under;
  }

  async submit(by: Caller, job: Partial<NewJob> = {}): Promise<number> {
    return (await submitJob(this.ctx, by, { code: 'print(1)', ...job })).id;
  }

  read(id: number): Promise<Job> {
    return readJob(this.ctx, ADMIN, { id });
  }

  /** Takes the next job as a worker would; the run is what it then shows. */
  async take(run = `run:${++this.#runs}`, languages: readonly JobLanguage[] = jobLanguage.options) {
    const job = await takeJob(this.ctx, { run, executor: 'test', tier: 'none', languages });
    return job === null ? null : { ...job, run };
  }

  /** Takes a job that must be there. */
  async taken(): Promise<{ id: number; uid: number; run: string }> {
    const job = await this.take();
    if (job === null) throw new Error('nothing waits');
    return job;
  }

  /** The job as soon as it is so. */
  async when(id: number, is: (job: JobSummary) => boolean, timeout = 40_000): Promise<Job> {
    const signal = AbortSignal.timeout(timeout);
    using listening = this.changes.listen(id);
    for (let job = await this.read(id); ; job = await this.read(id)) {
      if (is(job)) return job;
      await listening.next(signal);
      if (signal.aborted) throw new Error(`job ${id} is ${JSON.stringify(await this.read(id))}`);
    }
  }

  ended(id: number, timeout?: number): Promise<Job> {
    return this.when(id, ({ endedAt }) => endedAt !== null, timeout);
  }

  /** Looks for lost jobs as often as this, as if the time between two looks had passed. */
  async lookForLostJobs(times: number): Promise<void> {
    for (let n = 0; n < times; n += 1) {
      await this.ctx.redis.del(this.ctx.keys.jobs.looked);
      await endLostJobs(this.ctx);
    }
  }

  /** Everything but history and records is as before the first job. */
  async expectNothingHeld(): Promise<void> {
    const { jobs } = this.ctx.keys;
    const held = [jobs.turns, jobs.waitingBytes, jobs.running, jobs.runningOf, jobs.runs];
    expect(await this.ctx.redis.exists(...held)).toBe(0);
  }
}

/** A worker as it says that it is there, with {@link holdJobs}. */
export const workerOf = (languages: JobLanguage[], instance = 'a'): JobWorker => {
  const tier = languages.length === 0 ? null : 'landlock';
  const missing = tier === null ? ['bubblewrap: not installed'] : [];
  return { instance, host: 'h', pid: 1, executor: 'local', tier, missing, languages, concurrency: 1 };
};

export const END = { reason: 'exit', exitCode: 0, truncated: false, killed: 0, detail: null } as const;
