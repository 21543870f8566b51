import { pause } from '#lib/lifecycle';
import type { Failure } from '#lib/schemas/function';
import { Backoff } from '#runtime/supervise/backoff';
import { endedFailure, isDeath } from './hosts/failures.ts';
import type { Host, HostOrder, Outcome } from './hosts/host.ts';
import type { Snapshot } from './hosts/protocol.ts';
import { Turn } from './turn.ts';

/** Top-level code may take its time; numpy and a model need seconds. */
export const LOAD_MS = 60_000;
const SAVE_MS = 5_000;
/** Until there is news; the longest that a timer takes. */
const LONG_MS = 2 ** 31 - 1;
/** A crashed host is started again, and a version that does not load tried again, with waits that double. */
const RESTART = { firstMs: 1_000, maxMs: 60_000 } as const;
const RETRY = { firstMs: 5_000, maxMs: 300_000 } as const;

/** A host that is ready to be called, or why there is none; `about` as far as it is known. */
type Loading<About> = { host: Host; about: About } | { failure: Failure; about?: About };

/** Code that can be loaded into a host: one version, called and placed in one way. */
export type Candidate<About> = {
  /** Two candidates with the same key are the same. */
  key: string;
  load(log: HostOrder['log'], signal: AbortSignal): Promise<Loading<About>>;
};

/** What `env` a host starts with. */
export type Revival = { snapshot: string; lastExecutionAt: number | null };

type Events<About> = {
  /** Resolves when this process may run the function; until then a loaded host stands by. */
  admitted(signal: AbortSignal): Promise<void>;
  /** What the next host starts with; asked for when nothing can change it any more. */
  revival(signal: AbortSignal, candidate: Candidate<About>): Promise<Revival>;
  /** Whether that still holds: nobody else may run the function, or has run it since. */
  isAdmitted(): boolean;
  /** What the host that makes way had not yet sent. */
  saved(snapshot: Snapshot): void;
  live(host: Host, about: About): void;
  /** What is wanted from now on is what runs already. */
  stays(): void;
  /** Another candidate runs, or goes on running, in the place of the one that is wanted. */
  rejected(candidate: Candidate<About>, failure: Failure): void;
  /** Nothing runs; it is tried again at `retryAt` (ms since the epoch). */
  failed(failure: Failure, retryAt: number, about?: About): void;
  print: HostOrder['log'];
};

type Failed<About> = Extract<Loading<About>, { failure: Failure }>;
type Living<About> = { candidate: Candidate<About>; host: Host };

/**
 * Keeps one host alive: the first of its candidates that loads. A new first candidate is loaded beside the host that runs,
 * and takes its place between two invocations with its `env`; one that does not load changes nothing.
 */
export class HostKeeper<About> implements AsyncDisposable {
  readonly #events: Events<About>;
  readonly #stop = new AbortController();
  readonly #turn = new Turn();
  readonly #restart = new Backoff(RESTART.firstMs, RESTART.maxMs);
  readonly #retry = new Backoff(RETRY.firstMs, RETRY.maxMs);
  readonly #done: Promise<void>;
  #candidates: readonly Candidate<About>[] = [];
  /** Whether others are wanted than when it was last looked. */
  #isNews = false;
  /** Why there is none. */
  #without: Failure | null = null;
  #current: Living<About> | null = null;
  #inFlight: Promise<Outcome> | null = null;
  /** The one that is on its way, and what stops it. */
  #coming: { key: string; cut: AbortController } | null = null;
  #rest = new AbortController();
  /** On the monotonic clock: when a host may be started again, and when a rejected candidate is worth another try. */
  #startAt = 0;
  #retryAt = 0;

  constructor(events: Events<About>) {
    this.#events = events;
    this.#done = this.#keep();
  }

  /** What is to run, the best first. With none, whatever runs goes on, and `without` is why there is nothing. */
  want(candidates: readonly Candidate<About>[], without: Failure | null = null): void {
    const keysOf = (list: readonly Candidate<About>[]) => JSON.stringify(list.map(({ key }) => key));
    if (keysOf(candidates) === keysOf(this.#candidates) && without?.message === this.#without?.message) return;
    this.#candidates = candidates;
    this.#without = without;
    this.#isNews = true;
    this.#startAt = 0;
    this.#retryAt = 0;
    this.#retry.reset();
    if (this.#coming?.key !== candidates[0]?.key) this.#coming?.cut.abort();
    this.#rest.abort();
  }

  get ready(): boolean {
    return this.#current !== null;
  }

  /** Works while no other such work is under way, and no host takes another one's place. */
  async exclusively<T>(work: () => Promise<T> | T): Promise<T> {
    const done = await this.#turn.take();
    try {
      return await work();
    } finally {
      done();
    }
  }

  /** Null while there is no host to ask. Only {@link exclusively}. */
  async invoke(input: Buffer, timeoutMs: number): Promise<Outcome | null> {
    if (this.#current === null) return null;
    this.#inFlight = this.#current.host.invoke(input, timeoutMs);
    const outcome = await this.#inFlight;
    this.#inFlight = null;
    if (outcome.kind !== 'unserved' && deathIn(outcome) === null) this.#restart.reset();
    return outcome;
  }

  /** What the host has not yet sent of its `env`. Only {@link exclusively}. */
  async save(): Promise<Snapshot | null> {
    return (await this.#current?.host.save(SAVE_MS)) ?? null;
  }

  /** Ends the host that runs; the next one starts when it is admitted. */
  dismiss(): void {
    void this.#current?.host[Symbol.asyncDispose]();
    this.#current = null;
    this.#rest.abort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#current?.host[Symbol.asyncDispose]();
    await this.#done;
  }

  async #keep(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const [preferred] = this.#candidates;
      if (this.#current === null) await this.#begin();
      else if (preferred !== undefined && preferred.key !== this.#current.candidate.key) await this.#improve(preferred);
      else await this.#stay();
    }
  }

  /** What is wanted runs. */
  async #stay(): Promise<void> {
    if (this.#isNews) this.#events.stays();
    this.#isNews = false;
    await this.#pause(LONG_MS);
  }

  /** Nothing runs: the first candidate that loads does from now on. */
  async #begin(): Promise<void> {
    const wait = this.#startAt - performance.now();
    if (wait > 0) return await this.#pause(wait);
    const [candidates, without] = [this.#candidates, this.#without];
    const failures: ({ candidate: Candidate<About> } & Failed<About>)[] = [];
    for (const candidate of candidates) {
      const ended = await this.#take(candidate);
      if (ended === 'live') {
        const [first] = failures;
        if (first !== undefined) this.#reject(first.candidate, first.failure);
        return;
      }
      if (ended === 'cut') return;
      failures.push({ candidate, ...ended });
    }
    const [first] = failures;
    const failure = first?.failure ?? without;
    if (failure === null) await this.#pause(LONG_MS);
    else if (candidates === this.#candidates && without === this.#without) this.#fail(failure, first?.about);
  }

  /** Something else runs than what is wanted. */
  async #improve(preferred: Candidate<About>): Promise<void> {
    const wait = this.#retryAt - performance.now();
    if (wait > 0) return await this.#pause(wait);
    const ended = await this.#take(preferred);
    if (ended === 'live') this.#retry.reset();
    else if (ended !== 'cut') this.#reject(preferred, ended.failure);
  }

  #reject(candidate: Candidate<About>, failure: Failure): void {
    this.#retryAt = performance.now() + this.#retry.take();
    this.#events.rejected(candidate, failure);
  }

  #fail(failure: Failure, about?: About): void {
    const wait = this.#restart.take();
    this.#startAt = performance.now() + wait;
    this.#events.failed(failure, Date.now() + wait, about);
  }

  /** Loads a candidate and lets it go live. `cut`: something else is wanted by now. */
  async #take(candidate: Candidate<About>): Promise<'live' | 'cut' | Failed<About>> {
    const cut = new AbortController();
    const signal = AbortSignal.any([this.#stop.signal, cut.signal]);
    this.#coming = { key: candidate.key, cut };
    try {
      const loaded = await candidate.load(this.#events.print, signal);
      if ('failure' in loaded) return signal.aborted ? 'cut' : loaded;
      await this.#events.admitted(signal);
      if (!signal.aborted) await this.#handOver(candidate, loaded, signal);
      if (this.#current?.host === loaded.host) return 'live';
      await loaded.host[Symbol.asyncDispose]();
      return 'cut';
    } finally {
      this.#coming = null;
    }
  }

  /** Between two invocations: what runs gives its `env` to what comes. */
  async #handOver(
    candidate: Candidate<About>,
    { host, about }: { host: Host; about: About },
    signal: AbortSignal,
  ): Promise<void> {
    await this.exclusively(async () => {
      const before = this.#current;
      const unsent = await this.save();
      if (unsent !== null) this.#events.saved(unsent);
      const { snapshot, lastExecutionAt } = await this.#events.revival(signal, candidate);
      if (snapshot !== '') await host.restore(snapshot, lastExecutionAt, LOAD_MS);
      if (signal.aborted || !this.#events.isAdmitted()) return;
      this.#current = { candidate, host };
      this.#events.live(host, about);
      void this.#watch(host);
      void before?.host[Symbol.asyncDispose]();
    });
  }

  async #watch(host: Host): Promise<void> {
    const { how, innocent } = await host.ended;
    // The invocation that it died of knows more than the exit code: that it was a deadline, say.
    const last = await this.#inFlight;
    if (this.#current?.host !== host) return;
    this.#current = null;
    if (this.#stop.signal.aborted) return;
    if (innocent) this.#startAt = 0;
    else this.#fail((last && deathIn(last)) ?? endedFailure('exit', how));
    this.#rest.abort();
  }

  /** Waits, or until there is news. */
  async #pause(ms: number): Promise<void> {
    this.#rest = new AbortController();
    await pause(ms, AbortSignal.any([this.#stop.signal, this.#rest.signal]));
  }
}

function deathIn(outcome: Outcome): Failure | null {
  return outcome.kind === 'failed' && isDeath(outcome.failure) ? outcome.failure : null;
}
