import type { Context } from '#lib/context';
import { noteEvent } from '#lib/functions/note-event';
import type { NewEvent, RestartReason } from '#lib/schemas/event';
import type { Failure } from '#lib/schemas/function';
import { untilAnswered } from './patience.ts';

/** A host that ends again and again is told of so often at once, and then only now and then: people's events must stay. */
const MOST_AT_ONCE = 10;
const ONE_MORE_MS = 15 * 60_000;
const MAX_MESSAGE = 500;

/** A version in a host, as far as another host is needed for another one. */
type Placed = { version: number; handler: string; isolation: string };

/** Tells what happens to a function's code and to its host, as far as it is news, to those who look at the function. */
export class EventNotes {
  readonly #ctx: Context;
  readonly #name: string;
  readonly #lease: () => string | null;
  readonly #signal: AbortSignal;
  #writing: Promise<unknown> = Promise.resolve();
  /** What the newest host of this runtime has; null before there was one. */
  #placed: Placed | null = null;
  /** Whether somebody had switched the function off, which has been told. */
  #wasDisabled = false;
  /** Whether it is down, which has been told. */
  #isDown = false;
  /** What did not load, and why, as it was last told. */
  #unusable = '';
  #allowance = MOST_AT_ONCE;
  #countedAt = performance.now();
  #untold = 0;

  constructor(ctx: Context, name: string, lease: () => string | null, signal: AbortSignal) {
    this.#ctx = ctx;
    this.#name = name;
    this.#lease = lease;
    this.#signal = signal;
  }

  /** It was disabled until now: what starts next was not running before. */
  wasDisabled(): void {
    this.#wasDisabled = true;
  }

  /** `before`: the version that ran last, here or elsewhere. */
  wentLive(now: Placed, before: number | null): void {
    const known = this.#placed;
    if (now.version !== before) this.#note({ kind: 'live', version: now.version });
    else if (known === null) {
      if (!this.#wasDisabled) this.#restarted('runtime');
    } else if (!this.#isDown) this.#restarted(isSamePlace(known, now) ? 'neighbour' : 'settings');
    this.#placed = now;
    this.#isDown = false;
    this.#wasDisabled = false;
    this.#unusable = '';
  }

  /** The host has ended, in the invocation that `diedIn` tells, if it was in one. */
  died(failure: Failure, diedIn: Promise<string | null>): void {
    this.#isDown = true;
    this.#restarted(reasonOf(failure), failure, diedIn);
  }

  notLoaded(version: number | null, { kind: reason, message }: Failure): void {
    const unusable = `${version} ${message}`;
    if (unusable === this.#unusable) return;
    this.#unusable = unusable;
    this.#isDown = true;
    this.#note({ kind: 'not-loaded', version, reason, message: message.slice(0, MAX_MESSAGE) });
  }

  /** Somebody else runs the function: what we had is no news any more when it comes back. */
  forget(): void {
    this.#placed = null;
    this.#unusable = '';
  }

  #restarted(reason: RestartReason, failure?: Failure, diedIn: Promise<string | null> = Promise.resolve(null)): void {
    this.#untold += 1;
    if (!this.#mayTell()) return;
    const count = this.#untold;
    this.#untold = 0;
    const message = failure === undefined ? {} : { message: failure.message.slice(0, MAX_MESSAGE) };
    const told = diedIn.then((id): NewEvent => {
      return { kind: 'restart', reason, ...message, ...(id === null ? {} : { invocation: id }), count };
    });
    this.#note(told);
  }

  #mayTell(): boolean {
    const now = performance.now();
    this.#allowance = Math.min(MOST_AT_ONCE, this.#allowance + (now - this.#countedAt) / ONE_MORE_MS);
    this.#countedAt = now;
    if (this.#allowance < 1) return false;
    this.#allowance -= 1;
    return true;
  }

  #note(event: NewEvent | Promise<NewEvent>): void {
    this.#writing = this.#writing.then(async () => {
      const known = await event;
      await untilAnswered(async () => {
        const lease = this.#lease();
        if (lease !== null) await noteEvent(this.#ctx, this.#name, lease, known);
      }, this.#signal);
    });
  }
}

function isSamePlace(a: Placed, b: Placed): boolean {
  return a.handler === b.handler && a.isolation === b.isolation;
}

function reasonOf({ kind, message }: Failure): RestartReason {
  if (kind === 'timeout') return 'timeout';
  return /out of memory|memory limit/i.test(message) ? 'memory' : 'exit';
}
