import { hash } from 'node:crypto';
import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import { recordInvocation } from '#lib/functions/record-invocation';
import { lifetimes } from '#lib/keys';
import type { Log } from '#lib/log';
import { addressOf } from '#lib/redis';
import { type Failure, type FunctionState, functionState, type Heartbeat } from '#lib/schemas/function';
import type { LiveEntry } from '#lib/schemas/history';
import type { Definition } from './definition.ts';
import { EnvStore } from './env-store.ts';
import { HostKeeper } from './host-keeper.ts';
import { orderFor } from './host-order.ts';
import type { Served, StartHost } from './hosts/host.ts';
import { MAX_TEXT_BYTES, type Snapshot } from './hosts/protocol.ts';
import { InvocationRecorder } from './invocations/invocation-recorder.ts';
import type { Task } from './schedule.ts';
import { afterCrash, afterFailure, afterSuccess, afterUnusableInput, InputWatch, initialState } from './state.ts';

const MAX_MESSAGE = 500;

type Timing = Pick<LiveEntry, 'tookMs' | 'lagMs'>;
const UNTIMED: Timing = { tookMs: 0, lagMs: 0 };

export type RunnerOptions = {
  ctx: Context;
  definition: Definition;
  redisUrl: string;
  startHost: StartHost;
};

/** One function: its host, its state, and what one tick does. */
export class FunctionRunner implements Task, AsyncDisposable {
  readonly periodMs: number;
  readonly #ctx: Context;
  readonly #definition: Definition;
  readonly #log: Log;
  readonly #keeper: HostKeeper;
  readonly #env: EnvStore;
  readonly #records: InvocationRecorder;
  readonly #watch = new InputWatch();
  #state: FunctionState;
  #announced = '';
  #redisFailing = false;
  #written = Promise.resolve();
  #stopping = false;

  /** Reads what is known of the function and starts its host; the first tick may come before that has loaded. */
  static async start(options: RunnerOptions): Promise<FunctionRunner> {
    const { ctx, definition } = options;
    const text = await ctx.redis.get(ctx.keys.functionState(definition.name)).catch(() => null);
    const previous = text === null ? null : functionState.safeParse(JSON.parse(text));
    return new FunctionRunner(options, previous?.success === true ? previous.data : null);
  }

  private constructor({ ctx, definition, redisUrl, startHost }: RunnerOptions, previous: FunctionState | null) {
    this.#ctx = ctx;
    this.#definition = definition;
    this.#log = ctx.log.child({ function: definition.name });
    this.periodMs = definition.periodMs;
    this.#state = initialState(definition, previous, Date.now());
    this.#records = new InvocationRecorder(ctx, definition.name);
    const { name, inputKey, outputKey } = definition;
    this.#env = new EnvStore(ctx, name);
    const snapshot = (signal: AbortSignal) => this.#env.newest(signal);
    const print = (stream: string, line: string) => {
      this.#log.info({ stream }, line);
      this.#records.line(stream, line);
    };
    this.#keeper = new HostKeeper(() => startHost(orderFor(definition, print)), snapshot, {
      loaded: (host) => {
        this.#state = { ...this.#state, notSaved: [] };
        host.setContext({ ...addressOf(redisUrl), input_key: inputKey, output_key: outputKey });
        this.#log.info({ version: definition.version, source: definition.source, pid: host.pid }, 'loaded');
      },
      failed: (failure, retryAt) => void this.#crashed(failure, retryAt),
    });
  }

  /** One tick. Never rejects: whatever goes wrong becomes state, history or a log line. */
  async run({ lagMs, missed }: { lagMs: number; missed: number }): Promise<void> {
    if (missed > 0)
      this.#state = { ...this.#state, ticks: { ...this.#state.ticks, late: this.#state.ticks.late + missed } };
    if (!this.#keeper.ready) return;
    await this.#tick(lagMs).catch((error: unknown) => this.#redisFails(error));
  }

  /** Whether the key holds another text than at the last tick. */
  async inputHasChanged(): Promise<boolean> {
    const text = await this.#ctx.redis.getrangeBuffer(this.#definition.inputKey, 0, MAX_TEXT_BYTES);
    return text.length > 0 && digestOf(text) !== this.#state.input.digest;
  }

  /** Whether there is no input to work on yet. */
  get waiting(): boolean {
    const { status, input } = this.#state;
    return status === 'starting' || (status === 'waiting' && input.problem === null);
  }

  /** Says that this process runs the function. */
  async beat(heartbeat: Heartbeat): Promise<void> {
    const { redis, keys } = this.#ctx;
    await redis.set(keys.heartbeat(this.#definition.name), JSON.stringify(heartbeat), 'PX', lifetimes.heartbeat);
    if (this.#announced === '') await this.#save();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // An invocation that is cut off by the end of the runtime is not the function's failure.
    this.#stopping = true;
    await this.#keeper[Symbol.asyncDispose]();
    await this.#written;
    await this.#records[Symbol.asyncDispose]();
    await this.#ctx.redis.del(this.#ctx.keys.heartbeat(this.#definition.name)).catch(() => {
      // Redis is away: the heartbeat expires by itself.
    });
  }

  async #tick(lagMs: number): Promise<void> {
    const input = await this.#readInput();
    const now = Date.now();
    if (typeof input !== 'object') {
      this.#state = afterUnusableInput(this.#state, input ?? null, now);
      return await this.#saveIfNews();
    }
    this.#state = { ...this.#state, input: this.#watch.see(this.#state.input, input, digestOf, now) };
    this.#records.begin();
    const startedAt = performance.now();
    const outcome = await this.#keeper.invoke(input, this.#definition.timeoutMs);
    if (outcome === null || outcome.kind === 'unserved') return;
    const timing = { tookMs: rounded(performance.now() - startedAt), lagMs: rounded(lagMs) };
    // Nobody waits for the write: Redis answers in order, so it is done before the next tick has its input.
    this.#written = this.#finish(outcome, timing)
      .then((id) => {
        if (id !== null) this.#records.finish({ id, outcome, input, version: this.#definition.version, ...timing });
        this.#redisWorks();
      })
      .catch((error: unknown) => this.#redisFails(error));
  }

  #redisFails(error: unknown): void {
    if (!this.#redisFailing) this.#log.error({ reason: messageOf(error) }, 'a tick could not read or write Redis');
    this.#redisFailing = true;
  }

  #redisWorks(): void {
    if (this.#redisFailing) this.#log.info('ticks are written again');
    this.#redisFailing = false;
  }

  /** The raw text; a sentence when it cannot be used; undefined when there is none. */
  async #readInput(): Promise<Buffer | string | undefined> {
    try {
      const text = await this.#ctx.redis.getrangeBuffer(this.#definition.inputKey, 0, MAX_TEXT_BYTES);
      if (text.length > MAX_TEXT_BYTES) return `larger than ${MAX_TEXT_BYTES / 1024 / 1024} MiB`;
      return text.length === 0 ? undefined : text;
    } catch (error) {
      if (messageOf(error).startsWith('WRONGTYPE')) return 'not a string';
      throw error;
    }
  }

  /** Returns the id of the history entry, '' when there is none; null for what was no invocation. */
  async #finish(outcome: Served, timing: Timing): Promise<string | null> {
    const now = Date.now();
    if (outcome.kind === 'failed' && outcome.failure.kind === 'bad-input') {
      this.#state = afterUnusableInput(this.#state, outcome.failure.message, now);
      await this.#saveIfNews();
      return null;
    }
    if (outcome.kind !== 'failed' && outcome.snapshot !== undefined) this.#keep(outcome.snapshot);
    this.#state =
      outcome.kind === 'failed' ? afterFailure(this.#state, outcome.failure, now) : afterSuccess(this.#state, now);
    if (outcome.kind === 'failed' && this.#state.failedInARow === 1) {
      this.#log.warn({ kind: outcome.failure.kind, traceback: outcome.failure.traceback }, outcome.failure.message);
    }
    return await this.#save(outcome.kind === 'nothing' ? undefined : this.#entry(outcome, timing, now));
  }

  #keep({ text, notSaved }: Snapshot): void {
    this.#env.accept(text);
    if (notSaved.length > 0 && JSON.stringify(notSaved) !== JSON.stringify(this.#state.notSaved))
      this.#log.warn({ notSaved }, 'parts of env are in no snapshot: they are lost when the host ends');
    this.#state = { ...this.#state, notSaved };
  }

  #entry(outcome: Exclude<Served, { kind: 'nothing' }>, timing: Timing, now: number): LiveEntry {
    return {
      inputAt: this.#state.input.changedAt ?? now,
      ...timing,
      version: this.#definition.version,
      ...(outcome.kind === 'result' ? { result: outcome.text } : { failure: brief(outcome.failure) }),
    };
  }

  async #crashed(failure: Failure, retryAt: number): Promise<void> {
    this.#log.error(
      { kind: failure.kind, traceback: failure.traceback, retryInMs: retryAt - Date.now() },
      failure.message,
    );
    const now = Date.now();
    // A death during an invocation is in the history already; one while loading is not.
    const entry = failure.kind === 'init' ? this.#entry({ kind: 'failed', failure }, UNTIMED, now) : undefined;
    this.#state = afterCrash(this.#state, failure, retryAt, now);
    const id = await this.#save(entry).catch((error: unknown) => {
      this.#log.debug({ reason: messageOf(error) }, 'state not written');
      return null;
    });
    if (id === null || entry === undefined) return;
    this.#records.finish({ id, outcome: { kind: 'failed', failure }, version: entry.version, ...UNTIMED });
  }

  /** A tick that did nothing is written only when that is news. */
  async #saveIfNews(): Promise<void> {
    if (faceOf(this.#state) !== this.#announced) await this.#save();
  }

  /** Returns the id of the history entry, '' when there is none; null when nothing is written any more. */
  async #save(entry?: LiveEntry): Promise<string | null> {
    if (this.#stopping) return null;
    const face = faceOf(this.#state);
    const env = this.#env.unwritten;
    const announce = face !== this.#announced;
    const id = await recordInvocation(this.#ctx, { state: this.#state, announce, entry, env });
    this.#env.written(env);
    this.#announced = face;
    return id;
  }
}

/** What viewers must be told of when it changes; the rest of a state reaches them with each result. */
function faceOf({ status, since, failure, retryAt, input, notSaved }: FunctionState): string {
  // The spacing of the input is never quite the same; only another order of it is news.
  const spacing = input.everyMs === null ? null : Math.round(Math.log2(input.everyMs + 1) * 2);
  return JSON.stringify([status, since, failure?.message, retryAt, input.problem, spacing, notSaved]);
}

function digestOf(text: Buffer): string {
  return hash('sha1', text, 'base64');
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

function brief({ kind, message }: Failure): LiveEntry['failure'] {
  return { kind, message: message.slice(0, MAX_MESSAGE) };
}
