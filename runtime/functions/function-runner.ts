import { digestOf } from '#lib/functions/input-text';
import { pause } from '#lib/lifecycle';
import { hostAndPort } from '#lib/redis-address';
import type { Failure, FunctionState } from '#lib/schemas/function';
import type { FunctionRecord } from '#lib/schemas/record';
import type { FunctionSettings } from '#lib/schemas/settings';
import { candidatesOf, type Loaded } from './candidates.ts';
import { HostKeeper, type Revival } from './host-keeper.ts';
import type { Host } from './hosts/host.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import { Ledger } from './ledger.ts';
import type { Machinery } from './machinery.ts';
import { untilAnswered } from './patience.ts';
import { dueInMs } from './rhythm.ts';
import type { Due, Task } from './schedule.ts';
import { type Wanted, type WantedCode, wantedOf } from './wanted.ts';

/** How long the end of a function waits for the invocation that runs. */
const FINISH_MS = 2_000;

/** What the runner tells whoever calls it. */
type RunnerEvents = {
  /** Settings that decide when it is called are others now. */
  settingsChanged(): void;
  /** It has come alive, after a start or a change of hands. */
  live(): void;
  /** Somebody else has it, or may have had it. */
  lost(): void;
  /** A tick was not served through no fault of its own, and can be made up for. */
  unserved(): void;
};

/** One function: which code of it is to run and under which settings, and what one tick does. */
export class FunctionRunner implements Task, AsyncDisposable {
  readonly #machinery: Machinery;
  readonly #name: string;
  readonly #events: RunnerEvents;
  readonly #ledger: Ledger;
  readonly #keeper: HostKeeper<Loaded>;
  readonly #stop = new AbortController();
  #record: FunctionRecord;
  /** In force. */
  #wanted: Wanted;
  /** The newest of which the code is wanted. */
  #sought: Wanted | null = null;
  /** Comes into force with the code that it wants. */
  #coming: FunctionRecord | null = null;
  #host: Host | null = null;
  #ticking = false;
  /** A tick was not served, and is made up for as soon as there is a host again. */
  #owing = false;

  /** Reads what is known of the function and starts its host; the first tick may come before that has loaded. */
  static async start(record: FunctionRecord, machinery: Machinery, events: RunnerEvents): Promise<FunctionRunner> {
    let lost = () => {};
    const ledger = await Ledger.open(record, machinery, () => lost());
    const runner = new FunctionRunner(record, ledger, machinery, events);
    lost = () => runner.#lost();
    return runner;
  }

  private constructor(record: FunctionRecord, ledger: Ledger, machinery: Machinery, events: RunnerEvents) {
    this.#machinery = machinery;
    this.#name = record.name;
    this.#events = events;
    this.#ledger = ledger;
    this.#record = record;
    this.#wanted = wantedOf(record, ledger.state.versionNumber);
    this.#keeper = new HostKeeper({
      admitted: (signal) => this.#admitted(signal),
      revival: (signal, { key }) => this.#revival(JSON.parse(key)[0], signal),
      isAdmitted: () => ledger.isEnvOurs,
      saved: (snapshot) => ledger.keepEnv(snapshot),
      live: (host, loaded) => this.#live(host, loaded),
      stays: () => this.#stays(),
      rejected: ({ key }, failure) => this.#rejected(JSON.parse(key)[0], failure),
      failed: (failure, retryAt, about) => this.#failed(failure, retryAt, about),
      print: (stream, line) => ledger.printed(stream, line),
    });
    void this.#seekCode(this.#wanted);
  }

  get lease(): LeaseKeeper {
    return this.#ledger.lease;
  }

  get periodMs(): number {
    return this.#wanted.settings.periodMs;
  }

  get settings(): Wanted['settings'] {
    return this.#wanted.settings;
  }

  /** The lease under which there is a host to call; null when there is none. Another one after each change of hands. */
  get servesUnder(): string | null {
    return this.#keeper.ready ? this.#ledger.oursUnder : null;
  }

  /** Whether there is a host to call. */
  get isReady(): boolean {
    return this.#keeper.ready;
  }

  /** Whether there is no input to work on yet. */
  get waiting(): boolean {
    const { status, input } = this.#ledger.state;
    return status === 'starting' || (status === 'waiting' && input.problem === null);
  }

  /** How long until the next tick is due; negative when it has been while nobody could serve it. */
  get dueInMs(): number {
    return dueInMs(this.#ledger.state, Date.now());
  }

  /**
   * What is wanted from now on. It is in force from the next tick, the running one ends as it began; where it needs another
   * host, such as another handler does, all of it comes into force when that has loaded.
   */
  async apply(record: FunctionRecord): Promise<void> {
    await this.#keeper.exclusively(() => {
      const wanted = wantedOf(record, this.#ledger.state.versionNumber);
      this.#coming = record;
      if (this.#host === null || sameHost(wanted.settings, this.settings)) this.#comeIntoForce();
      void this.#seekCode(wanted);
    });
  }

  /** One tick. Never rejects: whatever goes wrong becomes state, history or a log line. */
  async run({ dueAt, lagMs, missed }: Due): Promise<void> {
    this.#ledger.missed(missed);
    if (!this.#keeper.ready || this.#ticking) return;
    this.#ticking = true;
    await this.#keeper
      .exclusively(() => this.#tick(lagMs, dueAt))
      .catch((error: unknown) => this.#ledger.redisFails(error))
      .finally(() => {
        this.#ticking = false;
      });
  }

  /** Whether the key holds another text than at the last tick. */
  async inputHasChanged(): Promise<boolean> {
    const text = await this.#machinery.inputs.read(this.settings.inputKey);
    return Buffer.isBuffer(text) && digestOf(text) !== this.#ledger.state.input.digest;
  }

  /** Says that this process runs the function, or takes it as soon as nobody does. */
  async beat(): Promise<void> {
    await this.lease.run();
    await this.#takeUp();
    this.#ledger.saveSoon();
  }

  /** Stops the function here, with all of its state written, so that another runtime can go on at once. */
  async stop(status?: 'disabled'): Promise<void> {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    const patience = new AbortController();
    const unsent = await Promise.race([
      this.#keeper.exclusively(() => this.#keeper.save()),
      pause(FINISH_MS, patience.signal),
    ]);
    patience.abort();
    if (unsent) this.#ledger.keepEnv(unsent);
    // An invocation that is cut off by the end of the runtime is not the function's failure: the ledger is closed first.
    await this.#ledger.close(status);
    await this.#keeper[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #tick(lagMs: number, dueAt: number): Promise<void> {
    const { inputKey, timeoutMs } = this.settings;
    const { text: lease } = this.lease;
    const input = await this.#machinery.inputs.read(inputKey);
    if (!Buffer.isBuffer(input)) return await this.#ledger.cannotRun(input ?? null);
    const startedAt = performance.now();
    const invocation = this.#keeper.invoke(input, timeoutMs);
    // While the host is at work already.
    this.#ledger.begins(input);
    const outcome = await invocation;
    if (outcome?.kind === 'unserved') this.#owing = true;
    // What ends after the function has been lost is nobody's: whoever has it runs that tick as well.
    if (outcome === null || outcome.kind === 'unserved' || lease !== this.lease.text) return;
    const tookMs = rounded(performance.now() - startedAt);
    this.#ledger.ran(outcome, input, { tookMs, lagMs: rounded(lagMs), dueAt });
  }

  #comeIntoForce(): void {
    const record = this.#coming;
    if (record === null) return;
    this.#coming = null;
    this.#record = record;
    this.#wanted = wantedOf(record, this.#ledger.state.versionNumber);
    this.#ledger.comesIntoForce(record, this.#wanted);
    if (this.#host !== null) this.#tellHost(this.#host);
    this.#events.settingsChanged();
  }

  async #seekCode(wanted: Wanted): Promise<void> {
    this.#sought = wanted;
    const { problem } = wanted.code;
    const versions = await this.#numbered(wanted.code.versions);
    if (wanted !== this.#sought || versions === undefined) return;
    const failure: Failure | null = problem === null ? null : { kind: 'init', message: problem };
    this.#keeper.want(candidatesOf({ ...wanted, code: { ...wanted.code, versions } }, this.#machinery), failure);
  }

  /** The built-in function is kept as a version only once it is to run. Undefined when the function has been stopped. */
  async #numbered(versions: WantedCode['versions']): Promise<number[] | undefined> {
    const numbers = versions.filter((version) => version !== 'builtIn');
    if (numbers.length === versions.length) return numbers;
    const { builtIn } = this.#machinery;
    const number = await untilAnswered(() => builtIn(this.#name), this.#stop.signal);
    if (number === undefined) return undefined;
    return [...new Set(versions.map((version) => (version === 'builtIn' ? number : version)))];
  }

  async #takeUp(): Promise<void> {
    if (!(await this.#ledger.takeUp())) return;
    const { versionNumber } = this.#ledger.state;
    this.#wanted = wantedOf(this.#record, versionNumber);
    void this.#seekCode(wantedOf(this.#coming ?? this.#record, versionNumber));
  }

  async #admitted(signal: AbortSignal): Promise<void> {
    if (this.lease.text !== null) return;
    await this.beat();
    if (this.lease.text === null) this.#ledger.standsBy();
    await this.lease.held(signal);
  }

  /** Only the version that was chosen with an empty `env` gets one: what runs until it loads keeps its own. */
  async #revival(number: number, signal: AbortSignal): Promise<Revival> {
    await this.#takeUp();
    const { envEpoch, code } = this.#sought ?? this.#wanted;
    const isChosen = code.versions[0] === 'builtIn' || code.versions[0] === number;
    const snapshot = await this.#ledger.env(isChosen ? envEpoch : null, signal);
    return { snapshot, lastExecutionAt: this.#ledger.state.lastExecutionAt };
  }

  #live(host: Host, loaded: Loaded): void {
    this.#host = host;
    this.#comeIntoForce();
    this.#tellHost(host);
    this.#ledger.wentLive(loaded, host.pid, this.#unavailable());
    this.#events.live();
    if (this.#owing) this.#events.unserved();
    this.#owing = false;
  }

  #tellHost(host: Host): void {
    const { inputKey, outputKey } = this.settings;
    host.setContext({ ...hostAndPort(this.#machinery.ctx.config.redis), input_key: inputKey, output_key: outputKey });
  }

  /** What is declared and cannot even be had, while something stands in for it. */
  #unavailable(): FunctionState['rejected'] {
    const { problem } = this.#wanted.code;
    return problem === null ? null : { version: null, failure: { kind: 'init', message: problem } };
  }

  /** What did not load has been taken back. */
  #stays(): void {
    void this.#keeper.exclusively(() => {
      this.#comeIntoForce();
      this.#ledger.stays(this.#unavailable());
    });
  }

  #rejected(version: number, failure: Failure): void {
    void this.#keeper.exclusively(() => this.#comeIntoForce());
    this.#ledger.rejected(version, failure);
  }

  #failed(failure: Failure, retryAt: number, about: Loaded | undefined): void {
    this.#host = null;
    void this.#keeper.exclusively(() => this.#comeIntoForce());
    void this.#ledger.crashed(failure, retryAt, about);
  }

  #lost(): void {
    this.#host = null;
    this.#keeper.dismiss();
    this.#events.lost();
  }
}

/** Whether a host that was started under these settings serves under those as well. */
function sameHost(a: FunctionSettings, b: FunctionSettings): boolean {
  return a.handler === b.handler && a.isolation === b.isolation;
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
