import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import { digestOf } from '#lib/functions/input-text';
import { parseState } from '#lib/functions/state-of';
import { noteOutcome } from '#lib/functions/versions';
import type { Log } from '#lib/log';
import type { Failure, FunctionState } from '#lib/schemas/function';
import type { LiveEntry } from '#lib/schemas/history';
import type { FunctionRecord, VersionOutcome } from '#lib/schemas/record';
import type { Loaded } from './candidates.ts';
import { EnvStore } from './env-store.ts';
import { EventNotes } from './event-notes.ts';
import { FunctionLog } from './function-log.ts';
import { isDeath } from './hosts/failures.ts';
import type { Served } from './hosts/host.ts';
import type { Snapshot } from './hosts/protocol.ts';
import { InvocationRecorder } from './invocations/invocation-recorder.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import type { Machinery } from './machinery.ts';
import { untilAnswered } from './patience.ts';
import {
  afterCrash,
  afterDisabling,
  afterFailure,
  afterSuccess,
  afterUnusableInput,
  InputWatch,
  initialState,
  withCode,
  withSettings,
} from './state.ts';
import { StateWriter } from './state-writer.ts';
import type { TickMetrics } from './tick-metrics.ts';
import type { Wanted } from './wanted.ts';

const MAX_MESSAGE = 500;

export type Timing = Pick<LiveEntry, 'tookMs' | 'lagMs'>;
const UNTIMED: Timing = { tookMs: 0, lagMs: 0 };
type Tick = Timing & { dueAt: number };

/**
 * What is known of one function, what happens to it, and so what is written of it: its state, `env`, history and records.
 * Only whoever holds its lease writes, and only after it has read how things stand.
 */
export class Ledger {
  readonly lease: LeaseKeeper;
  readonly #ctx: Context;
  readonly #logs: FunctionLog;
  readonly #env: EnvStore;
  readonly #records: InvocationRecorder;
  readonly #writer: StateWriter;
  readonly #metrics: TickMetrics | null;
  readonly #events: EventNotes;
  readonly #closed = new AbortController();
  #watch = new InputWatch();
  #record: FunctionRecord;
  #state: FunctionState;
  /** The lease under which the state was read. */
  #underLease: string | null = null;
  /** The lease under which the newest host got its `env`. */
  #envUnder: string | null = null;
  #redisFailing = false;
  #written = Promise.resolve();
  /** The newest invocation, if its host has ended in it. */
  #diedIn: string | null = null;

  /** Reads what is known already; Redis may be away. `lost` is called when somebody else has the function. */
  static async open(record: FunctionRecord, machinery: Machinery, lost: () => void): Promise<Ledger> {
    const { redis, keys } = machinery.ctx;
    const text = await redis.get(keys.functionState(record.name)).catch(() => null);
    return new Ledger(record, parseState(text), machinery, lost);
  }

  private constructor(
    record: FunctionRecord,
    previous: FunctionState | null,
    { ctx, self, pulse, metrics }: Machinery,
    lost: () => void,
  ) {
    this.#ctx = ctx;
    this.#logs = new FunctionLog(ctx.log, record.name);
    this.#record = record;
    this.#state = initialState(record, previous, Date.now());
    this.#metrics = metrics;
    this.#env = new EnvStore(ctx, record.name);
    this.#records = new InvocationRecorder(ctx, record.name, () => this.lease.text, pulse);
    this.#events = new EventNotes(ctx, record.name, () => this.lease.text, this.#closed.signal);
    this.lease = new LeaseKeeper(ctx, record.name, self, () => {
      this.#log.warn('another runtime runs this function now');
      this.#env.forget();
      this.#events.forget();
      this.#writer.forget();
      lost();
    });
    this.#writer = new StateWriter(ctx, this.lease, this.#env);
  }

  get #log(): Log {
    return this.#logs.of(this.#state.version);
  }

  get state(): FunctionState {
    return this.#state;
  }

  /** Whether the function is ours to run, and we know how it stands. */
  get isOurs(): boolean {
    return this.oursUnder !== null;
  }

  /** The lease under which it is; another one each time that somebody else has had the function. */
  get oursUnder(): string | null {
    return this.#underLease === this.lease.text ? this.#underLease : null;
  }

  /** Whether the `env` that the newest host got is still the newest there is. */
  get isEnvOurs(): boolean {
    return this.lease.text !== null && this.lease.text === this.#envUnder;
  }

  /** Under a new lease, what others have done since counts, not what we remember. True when that has been read now. */
  async takeUp(): Promise<boolean> {
    const { text: lease } = this.lease;
    if (lease === null || lease === this.#underLease) return false;
    const { redis, keys } = this.#ctx;
    const text = await untilAnswered(() => redis.get(keys.functionState(this.#state.name)), this.#closed.signal);
    // Whoever asked at the same time may have been faster, and something may have happened since.
    if (text === undefined || lease !== this.lease.text || this.isOurs) return false;
    const previous = parseState(text);
    if (previous?.status === 'disabled') this.#events.wasDisabled();
    this.#state = initialState(this.#record, previous, Date.now());
    this.#underLease = lease;
    return true;
  }

  /** The settings of a record are in force from here on. */
  comesIntoForce(record: FunctionRecord, wanted: Wanted): void {
    if (wanted.settings.inputKey !== this.#state.inputKey) this.#watch = new InputWatch();
    this.#record = record;
    this.#state = withSettings(this.#state, wanted);
    this.saveSoon();
  }

  /** What the next host starts with; `freshEpoch` is that of the version for which an empty `env` may have been chosen. */
  async env(freshEpoch: number | null, signal: AbortSignal): Promise<string> {
    this.#envUnder = this.lease.text;
    if (freshEpoch !== null && freshEpoch > this.#state.envEpoch) {
      this.#env.accept('');
      this.#state = { ...this.#state, envEpoch: freshEpoch };
    }
    return await this.#env.newest(signal);
  }

  keepEnv({ text, notSaved }: Snapshot): void {
    // Of a function that has been lost meanwhile, somebody else has a newer one.
    if (!this.isOurs) return;
    this.#env.accept(text);
    if (notSaved.length > 0 && JSON.stringify(notSaved) !== JSON.stringify(this.#state.notSaved))
      this.#log.warn({ notSaved }, 'parts of env are in no snapshot: they are lost when the host ends');
    this.#state = { ...this.#state, notSaved };
  }

  /** Somebody else holds the lease. */
  standsBy(): void {
    this.#log.info('stands by: another runtime runs this function');
  }

  printed(stream: string, line: string): void {
    this.#log.info({ stream }, line);
    this.#records.line(stream, line);
  }

  wentLive({ number, code }: Loaded, pid: number, rejected: FunctionState['rejected']): void {
    const { versionNumber: before, handler, isolation } = this.#state;
    this.#state = { ...withCode(this.#state, code), versionNumber: number, notSaved: [], rejected };
    this.#events.wentLive({ version: number, handler, isolation }, before);
    this.#log.info({ source: code.source, pid }, 'loaded');
    this.#note(number, { liveAt: Date.now(), failure: null });
    this.saveSoon();
  }

  /** What runs is what is to run, again or still. */
  stays(rejected: FunctionState['rejected']): void {
    const { versionNumber, rejected: before } = this.#state;
    // It did not load with settings that are others again.
    if (versionNumber !== null && before?.version === versionNumber) this.#note(versionNumber, { failure: null });
    this.#state = { ...this.#state, rejected };
    this.saveSoon();
  }

  /** What is to run does not, and something else does in its place. */
  rejected(version: number, failure: Failure): void {
    this.#log.error(
      { rejected: version, traceback: failure.traceback },
      `what is to run cannot be used: ${failure.message}`,
    );
    this.#state = { ...this.#state, rejected: { version, failure } };
    this.#events.notLoaded(version, failure);
    this.#note(version, { failure });
    this.saveSoon();
  }

  /** Nothing runs until `retryAt`. */
  async crashed(failure: Failure, retryAt: number, about: Loaded | undefined): Promise<void> {
    const { kind, traceback, message } = failure;
    const log = this.#logs.of(about?.code.version ?? this.#state.version);
    log.error({ kind, traceback, retryInMs: retryAt - Date.now() }, message);
    await this.takeUp();
    if (kind === 'init') this.#events.notLoaded(about?.number ?? null, failure);
    else
      this.#events.died(
        failure,
        this.#written.then(() => this.#diedIn),
      );
    const now = Date.now();
    if (about !== undefined) {
      this.#state = withCode(this.#state, about.code);
      this.#note(about.number, { failure });
    }
    if (kind === 'init') this.#metrics?.didNotLoad(this.#state.name, this.#state.version);
    // A death during an invocation is in the history already; one while loading is not.
    const entry = kind === 'init' ? this.#entry({ kind: 'failed', failure }, UNTIMED, now) : undefined;
    this.#state = afterCrash(this.#state, failure, retryAt, now);
    const id = await this.#save(entry).catch((error: unknown) => {
      this.#log.debug({ reason: messageOf(error) }, 'state not written');
      return null;
    });
    if (id === null || entry === undefined) return;
    this.#records.finish({ id, outcome: { kind: 'failed', failure }, version: entry.version, ...UNTIMED });
  }

  /** Periods that passed while a tick was still running, or before one came to run. */
  missed(count: number): void {
    this.#metrics?.missed(this.#state.name, count);
    const { ticks } = this.#state;
    if (count > 0) this.#state = { ...this.#state, ticks: { ...ticks, late: ticks.late + count } };
  }

  /** The tick does nothing: `problem` is why its input cannot be used, null that there is none. */
  async cannotRun(problem: string | null): Promise<void> {
    this.#state = afterUnusableInput(this.#state, problem, Date.now());
    await this.#saveIfNews();
  }

  begins(input: Buffer): void {
    this.#state = { ...this.#state, input: this.#watch.see(this.#state.input, input, digestOf, Date.now()) };
    this.#diedIn = null;
    this.#records.begin();
  }

  /** Nobody waits for the write: Redis answers in order, so it is done before the next tick has its input. */
  ran(outcome: Served, input: Buffer, { dueAt, ...timing }: Tick): void {
    const { name, version } = this.#state;
    this.#metrics?.ran(name, version, outcome, timing);
    this.#written = this.#finish(outcome, timing, dueAt)
      .then((id) => {
        if (id !== null) this.#records.finish({ id, outcome, input, version, ...timing });
        if (outcome.kind === 'failed' && isDeath(outcome.failure)) this.#diedIn = id;
        this.#redisWorks();
      })
      .catch((error: unknown) => this.redisFails(error));
  }

  redisFails(error: unknown): void {
    if (!this.#redisFailing) this.#log.error({ reason: messageOf(error) }, 'a tick could not read or write Redis');
    this.#redisFailing = true;
  }

  /** Writes the state if viewers must be told of it; if Redis does not take it, the next tick's write does. */
  saveSoon(): void {
    void this.#saveIfNews().catch((error: unknown) => {
      this.#log.debug({ reason: messageOf(error) }, 'state not written yet');
    });
  }

  /** Writes what is left to write, and lets the function go. */
  async close(status?: 'disabled'): Promise<void> {
    const last = this.#written.then(async () => {
      if (status !== undefined) this.#state = afterDisabling(this.#state, Date.now());
      if (status !== undefined || this.#env.unwritten !== undefined) await this.#save();
    });
    await last.catch((error: unknown) => this.#log.warn({ reason: messageOf(error) }, 'the last state is not written'));
    this.#closed.abort();
    await this.#records[Symbol.asyncDispose]();
    await this.lease.release();
  }

  #redisWorks(): void {
    if (this.#redisFailing) this.#log.info('ticks are written again');
    this.#redisFailing = false;
  }

  /** Returns the id of the history entry, '' when there is none; null for what was no invocation. */
  async #finish(outcome: Served, timing: Timing, dueAt: number): Promise<string | null> {
    const now = Date.now();
    if (outcome.kind === 'failed' && outcome.failure.kind === 'bad-input') {
      await this.cannotRun(outcome.failure.message);
      return null;
    }
    if (outcome.kind !== 'failed' && outcome.snapshot !== undefined) this.keepEnv(outcome.snapshot);
    this.#state =
      outcome.kind === 'failed'
        ? afterFailure(this.#state, outcome.failure, dueAt, now)
        : afterSuccess(this.#state, dueAt, now);
    if (outcome.kind === 'failed' && this.#state.failedInARow === 1) {
      this.#log.warn({ kind: outcome.failure.kind, traceback: outcome.failure.traceback }, outcome.failure.message);
    }
    return await this.#save(outcome.kind === 'nothing' ? undefined : this.#entry(outcome, timing, now));
  }

  #entry(outcome: Exclude<Served, { kind: 'nothing' }>, timing: Timing, now: number): LiveEntry {
    return {
      inputAt: this.#state.input.changedAt ?? now,
      ...timing,
      version: this.#state.version,
      ...(outcome.kind === 'result' ? { result: outcome.text } : { failure: brief(outcome.failure) }),
    };
  }

  #note(number: number, news: Partial<VersionOutcome>): void {
    // What does not load here may well be live elsewhere.
    if (!this.isOurs) return;
    void noteOutcome(this.#ctx, this.#state.name, number, news).catch((error: unknown) => {
      this.#log.debug({ reason: messageOf(error) }, 'what became of a version is not written');
    });
  }

  /** A tick that did nothing is written only when that is news. */
  async #saveIfNews(): Promise<void> {
    if (this.#writer.isNews(this.#state)) await this.#save();
  }

  /** Returns the id of the history entry, '' when there is none; null when it is not ours to write. */
  async #save(entry?: LiveEntry): Promise<string | null> {
    if (this.#closed.signal.aborted || !this.isOurs) return null;
    return await this.#writer.write(this.#state, entry);
  }
}

function brief({ kind, message }: Failure): LiveEntry['failure'] {
  return { kind, message: message.slice(0, MAX_MESSAGE) };
}
