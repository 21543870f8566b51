import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import { digestOf } from '#lib/functions/input-text';
import { isFenced, type Recording, recordInvocation } from '#lib/functions/record-invocation';
import { parseState } from '#lib/functions/state-of';
import { noteOutcome } from '#lib/functions/versions';
import { pause } from '#lib/lifecycle';
import type { Log } from '#lib/log';
import { addressOf } from '#lib/redis';
import type { Failure, FunctionState } from '#lib/schemas/function';
import type { LiveEntry } from '#lib/schemas/history';
import type { FunctionRecord, VersionOutcome } from '#lib/schemas/record';
import type { FunctionSettings } from '#lib/schemas/settings';
import { candidatesOf, type Loaded } from './candidates.ts';
import { EnvStore } from './env-store.ts';
import { HostKeeper, type Revival } from './host-keeper.ts';
import type { Host, Served } from './hosts/host.ts';
import type { Snapshot } from './hosts/protocol.ts';
import { InvocationRecorder } from './invocations/invocation-recorder.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import type { Machinery } from './machinery.ts';
import { untilAnswered } from './patience.ts';
import type { Task } from './schedule.ts';
import {
  afterCrash,
  afterFailure,
  afterSuccess,
  afterUnusableInput,
  InputWatch,
  initialState,
  withCode,
  withSettings,
  withStatus,
} from './state.ts';
import { type Wanted, wantedOf } from './wanted.ts';

const MAX_MESSAGE = 500;
/** How long the end of a function waits for the invocation that runs. */
const FINISH_MS = 2_000;

type Timing = Pick<LiveEntry, 'tookMs' | 'lagMs'>;
const UNTIMED: Timing = { tookMs: 0, lagMs: 0 };

/** What the runner tells whoever calls it. */
export type RunnerEvents = {
  /** Settings that decide when it is called are others now. */
  settingsChanged(): void;
  /** It has come alive, after a start or a change of hands. */
  live(): void;
  /** A tick was not served through no fault of its own, and can be made up for. */
  unserved(): void;
};

/** One function: its host, its state, and what one tick does. */
export class FunctionRunner implements Task, AsyncDisposable {
  readonly lease: LeaseKeeper;
  readonly #machinery: Machinery;
  readonly #ctx: Context;
  readonly #name: string;
  readonly #log: Log;
  readonly #events: RunnerEvents;
  readonly #keeper: HostKeeper<Loaded>;
  readonly #env: EnvStore;
  readonly #records: InvocationRecorder;
  #watch = new InputWatch();
  #record: FunctionRecord;
  #wanted: Wanted;
  /** The newest of which the code is wanted. */
  #sought: Wanted | null = null;
  /** Comes into force with the code that it wants. */
  #coming: FunctionRecord | null = null;
  #state: FunctionState;
  #announced = '';
  #redisFailing = false;
  #ticking = false;
  /** A tick was not served, and is made up for as soon as there is a host again. */
  #owing = false;
  #host: Host | null = null;
  /** The lease under which the state was read. */
  #underLease: string | null = null;
  /** The lease under which the newest host got its `env`. */
  #envUnder: string | null = null;
  #written = Promise.resolve();
  readonly #stop = new AbortController();

  /** Reads what is known of the function and starts its host; the first tick may come before that has loaded. */
  static async start(record: FunctionRecord, machinery: Machinery, events: RunnerEvents): Promise<FunctionRunner> {
    const { redis, keys } = machinery.ctx;
    const text = await redis.get(keys.functionState(record.name)).catch(() => null);
    return new FunctionRunner(record, parseState(text), machinery, events);
  }

  private constructor(
    record: FunctionRecord,
    previous: FunctionState | null,
    machinery: Machinery,
    events: RunnerEvents,
  ) {
    const { ctx } = machinery;
    this.#machinery = machinery;
    this.#ctx = ctx;
    this.#name = record.name;
    this.#log = ctx.log.child({ function: record.name });
    this.#events = events;
    this.#record = record;
    this.#state = initialState(record, previous, Date.now());
    this.#wanted = wantedOf(record, this.#state.versionNumber);
    this.#records = new InvocationRecorder(ctx, record.name, () => this.lease.text);
    this.#env = new EnvStore(ctx, record.name);
    this.lease = new LeaseKeeper(ctx, record.name, machinery.self, () => this.#lostLease());
    this.#keeper = new HostKeeper({
      admitted: (signal) => this.#admitted(signal),
      revival: (signal, { key }) => this.#revival(JSON.parse(key)[0], signal),
      isAdmitted: () => this.lease.text !== null && this.lease.text === this.#envUnder,
      saved: (snapshot) => this.#keep(snapshot),
      live: (host, loaded) => this.#live(host, loaded),
      rejected: ({ key }, failure) => this.#rejected(JSON.parse(key)[0], failure),
      failed: (failure, retryAt, about) => void this.#crashed(failure, retryAt, about),
      print: (stream, line) => {
        this.#log.info({ stream }, line);
        this.#records.line(stream, line);
      },
    });
    void this.#seekCode(this.#wanted);
  }

  get periodMs(): number {
    return this.#wanted.settings.periodMs;
  }

  /** Whether it is ours to run, and we know how it stands. */
  get isLive(): boolean {
    return this.#underLease !== null && this.#underLease === this.lease.text;
  }

  get settings(): Wanted['settings'] {
    return this.#wanted.settings;
  }

  /** Whether there is no input to work on yet. */
  get waiting(): boolean {
    const { status, input } = this.#state;
    return status === 'starting' || (status === 'waiting' && input.problem === null);
  }

  /** How long until the next tick is due by the last one's time; 0 when it is long past, or there was none. */
  get dueInMs(): number {
    const { lastTickAt } = this.#state;
    if (lastTickAt === null) return 0;
    const since = Date.now() - lastTickAt;
    return since < 0 ? 0 : Math.max(0, this.periodMs - since);
  }

  /**
   * What is wanted from now on. It is in force from the next tick, the running one ends as it began; where it needs another
   * host, such as another handler does, all of it comes into force when that has loaded.
   */
  async apply(record: FunctionRecord): Promise<void> {
    await this.#keeper.exclusively(() => {
      const wanted = wantedOf(record, this.#state.versionNumber);
      this.#coming = record;
      if (this.#host === null || sameHost(wanted.settings, this.settings)) this.#comeIntoForce();
      void this.#seekCode(wanted);
    });
  }

  /** One tick. Never rejects: whatever goes wrong becomes state, history or a log line. */
  async run({ lagMs, missed }: { lagMs: number; missed: number }): Promise<void> {
    if (missed > 0)
      this.#state = { ...this.#state, ticks: { ...this.#state.ticks, late: this.#state.ticks.late + missed } };
    if (!this.#keeper.ready || this.#ticking) return;
    this.#ticking = true;
    await this.#keeper
      .exclusively(() => this.#tick(lagMs))
      .catch((error: unknown) => this.#redisFails(error))
      .finally(() => {
        this.#ticking = false;
      });
  }

  /** Whether the key holds another text than at the last tick. */
  async inputHasChanged(): Promise<boolean> {
    const text = await this.#machinery.inputs.read(this.settings.inputKey);
    return Buffer.isBuffer(text) && digestOf(text) !== this.#state.input.digest;
  }

  /** Says that this process runs the function, or takes it as soon as nobody does. */
  async beat(): Promise<void> {
    await this.lease.run();
    await this.#takeUp();
    await this.#saveIfNews().catch(() => {
      // The next tick writes it.
    });
  }

  /** Stops the function here, with all of its state written, so that another runtime can go on at once. */
  async stop(status?: 'disabled'): Promise<void> {
    if (this.#stop.signal.aborted) return;
    const patience = new AbortController();
    const unsent = await Promise.race([
      this.#keeper.exclusively(() => this.#keeper.save()),
      pause(FINISH_MS, patience.signal),
    ]);
    patience.abort();
    if (unsent) this.#keep(unsent);
    // An invocation that is cut off by the end of the runtime is not the function's failure.
    const last = this.#written.then(async () => {
      if (status !== undefined) this.#state = withStatus({ ...this.#state, retryAt: null }, status, Date.now());
      if (status !== undefined || this.#env.unwritten !== undefined) await this.#save();
    });
    await last.catch((error: unknown) => this.#log.warn({ reason: messageOf(error) }, 'the last state is not written'));
    this.#stop.abort();
    await this.#records[Symbol.asyncDispose]();
    await this.lease.release();
    await this.#keeper[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #comeIntoForce(): void {
    const record = this.#coming;
    if (record === null) return;
    this.#coming = null;
    this.#record = record;
    const before = this.settings;
    this.#wanted = wantedOf(record, this.#state.versionNumber);
    this.#state = withSettings(this.#state, this.#wanted);
    if (before.inputKey !== this.settings.inputKey) this.#watch = new InputWatch();
    if (this.#host !== null) this.#tellHost(this.#host);
    this.#events.settingsChanged();
    void this.#saveIfNews().catch(() => {
      // The next tick writes it.
    });
  }

  async #seekCode(wanted: Wanted): Promise<void> {
    this.#sought = wanted;
    const { versions, problem } = wanted.code;
    const { builtIn } = this.#machinery;
    const found = versions === 'builtIn' ? await untilAnswered(() => builtIn(this.#name), this.#stop.signal) : versions;
    if (wanted !== this.#sought || found === undefined) return;
    const failure: Failure | null = problem === null ? null : { kind: 'init', message: problem };
    this.#keeper.want(candidatesOf({ ...wanted, code: { ...wanted.code, versions: found } }, this.#machinery), failure);
  }

  async #admitted(signal: AbortSignal): Promise<void> {
    if (this.lease.text !== null) return;
    await this.beat();
    if (this.lease.text === null) this.#log.info('stands by: another runtime runs this function');
    await this.lease.held(signal);
  }

  /** Only the version that was chosen with an empty `env` gets one: what runs until it loads keeps its own. */
  async #revival(number: number, signal: AbortSignal): Promise<Revival> {
    await this.#takeUp();
    const { envEpoch, code } = this.#sought ?? this.#wanted;
    const isChosen = code.versions === 'builtIn' || code.versions[0] === number;
    this.#envUnder = this.lease.text;
    if (isChosen && envEpoch > this.#state.envEpoch) {
      this.#env.accept('');
      this.#state = { ...this.#state, envEpoch };
    }
    const snapshot = await this.#env.newest(signal);
    return { snapshot, lastExecutionAt: this.#state.lastExecutionAt };
  }

  /** Under a new lease, what others have done since counts, not what we remember; nothing is written before that is known. */
  async #takeUp(): Promise<void> {
    const { text: lease } = this.lease;
    if (lease === null || lease === this.#underLease) return;
    const { redis, keys } = this.#ctx;
    const text = await untilAnswered(() => redis.get(keys.functionState(this.#name)), this.#stop.signal);
    // Whoever asked at the same time may have been faster, and something may have happened since.
    if (text === undefined || lease !== this.lease.text || this.isLive) return;
    this.#state = initialState(this.#record, parseState(text), Date.now());
    this.#underLease = lease;
    this.#wanted = wantedOf(this.#record, this.#state.versionNumber);
    void this.#seekCode(wantedOf(this.#coming ?? this.#record, this.#state.versionNumber));
  }

  #live(host: Host, { number, code }: Loaded): void {
    this.#host = host;
    this.#comeIntoForce();
    this.#state = {
      ...withCode(this.#state, code),
      versionNumber: number,
      notSaved: [],
      rejected: this.#unavailable(),
    };
    this.#tellHost(host);
    this.#log.info({ version: code.version, source: code.source, pid: host.pid }, 'loaded');
    this.#note(number, { liveAt: Date.now(), failure: null });
    this.#events.live();
    if (this.#owing) this.#events.unserved();
    this.#owing = false;
  }

  #tellHost(host: Host): void {
    const { inputKey, outputKey } = this.settings;
    host.setContext({ ...addressOf(this.#machinery.redisUrl), input_key: inputKey, output_key: outputKey });
  }

  /** What is declared and cannot even be had, while something stands in for it. */
  #unavailable(): FunctionState['rejected'] {
    const { problem } = this.#wanted.code;
    return problem === null ? null : { version: null, failure: { kind: 'init', message: problem } };
  }

  #rejected(version: number, failure: Failure): void {
    this.#log.error({ version, traceback: failure.traceback }, `what is to run cannot be used: ${failure.message}`);
    this.#state = { ...this.#state, rejected: { version, failure } };
    this.#note(version, { failure });
    void this.#keeper.exclusively(() => this.#comeIntoForce());
    void this.#saveIfNews().catch(() => {
      // The next tick writes it.
    });
  }

  #note(number: number, news: Partial<VersionOutcome>): void {
    // What does not load here may well be live elsewhere.
    if (!this.isLive) return;
    void noteOutcome(this.#ctx, this.#name, number, news).catch((error: unknown) => {
      this.#log.debug({ reason: messageOf(error) }, 'what became of a version is not written');
    });
  }

  #lostLease(): void {
    this.#log.warn('another runtime runs this function now');
    this.#host = null;
    this.#env.forget();
    this.#announced = '';
    this.#keeper.dismiss();
  }

  async #tick(lagMs: number): Promise<void> {
    const { inputKey, timeoutMs } = this.settings;
    const input = await this.#machinery.inputs.read(inputKey);
    const now = Date.now();
    if (!Buffer.isBuffer(input)) {
      this.#state = afterUnusableInput(this.#state, input ?? null, now);
      return await this.#saveIfNews();
    }
    this.#state = { ...this.#state, input: this.#watch.see(this.#state.input, input, digestOf, now) };
    this.#records.begin();
    const startedAt = performance.now();
    const outcome = await this.#keeper.invoke(input, timeoutMs);
    if (outcome?.kind === 'unserved') this.#owing = true;
    if (outcome === null || outcome.kind === 'unserved') return;
    const timing = { tookMs: rounded(performance.now() - startedAt), lagMs: rounded(lagMs) };
    const { version } = this.#state;
    // Nobody waits for the write: Redis answers in order, so it is done before the next tick has its input.
    this.#written = this.#finish(outcome, timing)
      .then((id) => {
        if (id !== null) this.#records.finish({ id, outcome, input, version, ...timing });
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
      version: this.#state.version,
      ...(outcome.kind === 'result' ? { result: outcome.text } : { failure: brief(outcome.failure) }),
    };
  }

  async #crashed(failure: Failure, retryAt: number, about: Loaded | undefined): Promise<void> {
    this.#host = null;
    this.#log.error(
      { kind: failure.kind, traceback: failure.traceback, retryInMs: retryAt - Date.now() },
      failure.message,
    );
    await this.#takeUp();
    const now = Date.now();
    if (about !== undefined) {
      this.#state = withCode(this.#state, about.code);
      this.#note(about.number, { failure });
    }
    void this.#keeper.exclusively(() => this.#comeIntoForce());
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

  /** Returns the id of the history entry, '' when there is none; null when it is not ours to write. */
  async #save(entry?: LiveEntry): Promise<string | null> {
    if (this.#stop.signal.aborted) return null;
    const face = faceOf(this.#state);
    const env = this.#env.unwritten;
    const recording = { state: this.#state, announce: face !== this.#announced, entry, env };
    const id = await this.#writeUnderLease(recording);
    if (id === null) return null;
    this.#env.written(env);
    this.#announced = face;
    return id;
  }

  /** A lease that ran out while Redis was away, and that nobody else has had since, is taken again. */
  async #writeUnderLease(recording: Omit<Recording, 'lease'>): Promise<string | null> {
    const { text } = this.lease;
    if (text === null || !this.isLive) return null;
    try {
      return await recordInvocation(this.#ctx, { ...recording, lease: text });
    } catch (error) {
      if (!isFenced(error)) throw error;
      if (!(await this.lease.claim()) || this.lease.text !== text) return null;
      return await recordInvocation(this.#ctx, { ...recording, lease: text });
    }
  }
}

/** Whether a host that was started under these settings serves under those as well. */
function sameHost(a: FunctionSettings, b: FunctionSettings): boolean {
  return a.handler === b.handler && a.isolation === b.isolation;
}

/** What viewers must be told of when it changes; the rest of a state reaches them with each result. */
function faceOf(state: FunctionState): string {
  const { status, since, failure, retryAt, input, notSaved, rejected, revision, version } = state;
  // The spacing of the input is never quite the same; only another order of it is news.
  const spacing = input.everyMs === null ? null : Math.round(Math.log2(input.everyMs + 1) * 2);
  const rejection = [rejected?.version, rejected?.failure.message];
  return JSON.stringify([
    status,
    since,
    failure?.message,
    retryAt,
    input.problem,
    spacing,
    notSaved,
    rejection,
    revision,
    version,
  ]);
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

function brief({ kind, message }: Failure): LiveEntry['failure'] {
  return { kind, message: message.slice(0, MAX_MESSAGE) };
}
