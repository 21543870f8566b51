import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Caller } from '#lib/auth/caller';
import { loadConfig } from '#lib/config';
import { type Context, createContext } from '#lib/context';
import { createFunction } from '#lib/functions/create-function';
import type { Handed } from '#lib/functions/deploy-code';
import { createLog } from '#lib/log';
import type { SettingChanges } from '#lib/schemas/settings';
import type { Child } from './child.ts';
import { startRole } from './roles.ts';
import { temporaryFolder } from './temporary-folder.ts';

const RUNNING_MS = 180_000;
const LOOK_MS = 20;

/** Who makes and deploys what is measured. */
export const operator: Caller = { uid: 0, name: 'bench', role: 'admin', via: 'token', credentialId: null };

/** The first is the one that the environment declares; all are made of the same. */
type FunctionsOrder = {
  redisUrl: string;
  inputKey: string;
  /** A file of code. */
  path: string;
  periodMs: number;
  isolation: 'own' | 'shared';
  invoke: 'tick' | 'change';
};

/** The functions role as a process, with functions that are made as people make them: by the verbs of the registry. */
export class RunningFunctions implements AsyncDisposable {
  readonly ctx: Context;
  readonly role: Child;
  readonly names: string[] = [nameOf(0)];
  readonly #stack: AsyncDisposableStack;
  readonly #settings: SettingChanges;

  static async start({
    redisUrl,
    inputKey,
    path,
    periodMs,
    isolation,
    invoke,
  }: FunctionsOrder): Promise<RunningFunctions> {
    await using stack = new AsyncDisposableStack();
    const folder = stack.use(temporaryFolder());
    const redis = new Redis(redisUrl, { maxRetriesPerRequest: null });
    // A row may stop its Redis; the client comes back by itself.
    redis.on('error', () => {});
    stack.defer(() => redis.disconnect());
    const env = {
      REDIS_URL: redisUrl,
      VIGIA_HOME: folder.path,
      FUNCTION_NAME: nameOf(0),
      FUNCTION_PATH: path,
      FUNCTION_INVOKE: invoke,
      FUNCTION_ISOLATION: isolation,
      MONITORING_PERIOD: String(periodMs / 1_000),
      REDIS_INPUT_KEY: inputKey,
      REDIS_OUTPUT_KEY: `${nameOf(0)}-output`,
    };
    const log = createLog('bench', 'silent', () => {});
    const ctx = createContext(loadConfig(env), redis, log);
    const role = stack.use(await startRole('functions', env));
    return new RunningFunctions(ctx, role, { inputKey, periodMs, isolation, invoke }, stack.move());
  }

  private constructor(ctx: Context, role: Child, settings: SettingChanges, stack: AsyncDisposableStack) {
    this.ctx = ctx;
    this.role = role;
    this.#settings = settings;
    this.#stack = stack;
  }

  /** Creates as many as are missing, and waits until all have run. */
  async grow(count: number, code: Handed): Promise<void> {
    while (this.names.length < count) {
      const name = nameOf(this.names.length);
      await createFunction(this.ctx, operator, { name, settings: this.#settings, code });
      this.names.push(name);
    }
    await this.allHaveRun();
  }

  /** Resolves when each has written a result. */
  async allHaveRun(): Promise<void> {
    const outputs = this.names.map((name) => `${name}-output`);
    const until = performance.now() + RUNNING_MS;
    for (let there = 0; there < outputs.length; ) {
      if (performance.now() > until) throw new Error(`only ${there} of ${outputs.length} functions run`);
      await sleep(LOOK_MS);
      there = await this.ctx.redis.exists(outputs);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

function nameOf(index: number): string {
  return `f${index}`;
}
