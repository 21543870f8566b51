import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import { createdToken } from '#lib/schemas/api';
import { type JobSummary, jobPage, jobSummary, type NewJob } from '#lib/schemas/job';
import { jobQueue } from '#lib/schemas/job-queue';
import { freePort, type RedisServer, startRedis } from '../../e2e/support/redis-server.ts';
import type { Child } from './child.ts';
import { Skip } from './programs.ts';
import { needBuild, startRole } from './roles.ts';
import { temporaryFolder } from './temporary-folder.ts';

const PASSWORD = 'of the benchmark';
/** As the embedded Redis runs: the wait for the disk is part of what a job takes. */
const REDIS_ARGS = ['--appendonly', 'yes', '--appendfsync', 'always'];
const LOOK_MS = 25;
const PATIENCE_MS = 60_000;
const MOST_IN_A_PAGE = 200;

type Parts = { redis: RedisServer; web: Child; worker: Child; port: number; token: string };

/** The job service with one worker, each a process as in a cluster, and a client of its REST API. */
export class JobService implements AsyncDisposable {
  readonly redis: RedisServer;
  readonly web: Child;
  readonly worker: Child;
  readonly port: number;
  readonly #headers: Record<string, string>;
  readonly #stack: AsyncDisposableStack;

  /** `settings` are those of jobs. */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<JobService> {
    needBuild();
    await using stack = new AsyncDisposableStack();
    const folder = stack.use(temporaryFolder());
    const redis = stack.use(await startRedis({ args: [...REDIS_ARGS, '--dir', folder.path] }));
    const port = await freePort();
    const env = { REDIS_URL: redis.url, VIGIA_HOME: folder.path, ...settings };
    const web = stack.use(await startRole('web', { ...env, PORT: String(port), ADMIN_PASSWORD: PASSWORD }));
    const worker = stack.use(await startRole('jobs', env));
    const parts = { redis, web, worker, port, token: await newToken(`http://127.0.0.1:${port}`) };
    const service = new JobService(parts, stack.move());
    try {
      await service.#untilThereIsAWorker();
      return service;
    } catch (error) {
      await service[Symbol.asyncDispose]();
      throw error;
    }
  }

  private constructor({ redis, web, worker, port, token }: Parts, stack: AsyncDisposableStack) {
    this.redis = redis;
    this.web = web;
    this.worker = worker;
    this.port = port;
    this.#headers = { authorization: `Bearer ${token}` };
    this.#stack = stack;
  }

  get #url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async submit(job: NewJob): Promise<number> {
    return (await this.#ask('POST', '/api/v1/jobs', jobSummary, job)).id;
  }

  async cancel(id: number): Promise<void> {
    await this.#ask('POST', `/api/v1/jobs/${id}/cancel`, jobSummary);
  }

  /** Resolves when somebody who follows the job from now on has got something that it wrote. */
  async firstOutput(id: number): Promise<void> {
    const response = await fetch(`${this.#url}/jobs/${id}/output`, {
      headers: this.#headers,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      if (text.includes('event: output\n')) return;
    }
    throw new Error(`job ${id} wrote nothing: ${text}`);
  }

  /** All of these jobs, once no job waits or runs any more. */
  async ended(ids: readonly number[]): Promise<JobSummary[]> {
    await this.#until(async () => {
      const { waiting, running } = await this.#queue();
      return waiting + running === 0;
    });
    const found = new Map<number, JobSummary>();
    for (let before: number | null = Math.max(...ids) + 1; before !== null && found.size < ids.length; ) {
      const path = `/api/v1/jobs?limit=${MOST_IN_A_PAGE}&before=${before}`;
      const page: z.infer<typeof jobPage> = await this.#ask('GET', path, jobPage);
      for (const job of page.jobs) found.set(job.id, job);
      before = page.next;
    }
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }

  async #untilThereIsAWorker(): Promise<void> {
    await this.#until(async () => (await this.#queue()).workers.length > 0);
    const [worker] = (await this.#queue()).workers;
    if (worker?.tier === null) throw new Skip(worker.missing.join('; '));
  }

  #queue() {
    return this.#ask('GET', '/api/v1/jobs/queue', jobQueue);
  }

  async #until(isSo: () => Promise<boolean>): Promise<void> {
    for (const until = performance.now() + PATIENCE_MS; !(await isSo()); await sleep(LOOK_MS)) {
      if (performance.now() > until) throw new Error(`the jobs are not done within ${PATIENCE_MS} ms`);
    }
  }

  #ask<T>(method: string, path: string, answer: z.ZodType<T>, body?: object): Promise<T> {
    return ask(this.#url + path, method, this.#headers, answer, body);
  }
}

async function newToken(url: string): Promise<string> {
  const headers = { authorization: `Basic ${btoa(`admin:${PASSWORD}`)}` };
  return (await ask(`${url}/api/v1/tokens`, 'POST', headers, createdToken, { name: 'bench' })).secret;
}

async function ask<T>(
  url: string,
  method: string,
  headers: Record<string, string>,
  answer: z.ZodType<T>,
  body?: object,
): Promise<T> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(url, { method, headers: { ...headers, 'content-type': 'application/json' }, ...sent });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answers ${response.status}: ${text.slice(0, 200)}`);
  return answer.parse(JSON.parse(text));
}
