import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import type { NewInvocation } from '#lib/functions/invocation-entries';
import { keepInvocations, MAX_INVOCATIONS, MAX_WITH_TEXTS } from '#lib/functions/keep-invocations';
import type { Served } from '../hosts/host.ts';
import { LogTail } from './log-tail.ts';
import type { Pulse } from './pulse.ts';

/** How long after its end an invocation's last lines may still be on their way. */
const GRACE_MS = 250;
/** A function that runs without a pause has its records written together, this often. */
const FLUSH_MS = 1_000;

type Finished = Pick<NewInvocation, 'version' | 'lagMs' | 'tookMs'> & {
  /** Of its history entry; '' when it has none. */
  id: string;
  outcome: Served;
  /** What it was called with; absent when it was not called, because the code did not load. */
  input?: Buffer;
};

type Pending = Omit<NewInvocation, 'log' | 'linesLeftOut'> & { endedAt: number };

/**
 * Collects the records of one function's invocations and writes them a moment after they have ended, so that a tick
 * waits for nothing. A line belongs to the invocation that runs when it arrives; with none running, to the last one for
 * {@link GRACE_MS}, because pipes are slower than results; later still, and while code loads, to the next one.
 */
export class InvocationRecorder implements AsyncDisposable {
  readonly #ctx: Context;
  readonly #name: string;
  readonly #lease: () => string | null;
  readonly #tail = new LogTail();
  /** The last one that ended, while lines of it may come. */
  #open: Pending | null = null;
  #closed: NewInvocation[] = [];
  readonly #pulse: Pulse;
  #isWaiting = false;
  #flushedAt = Number.NEGATIVE_INFINITY;
  #flushing: Promise<void> = Promise.resolve();
  #last = { ms: 0, sequence: 0, at: 0 };

  constructor(ctx: Context, name: string, lease: () => string | null, pulse: Pulse) {
    this.#pulse = pulse;
    this.#ctx = ctx;
    this.#name = name;
    this.#lease = lease;
  }

  line(stream: string, text: string): void {
    this.#tail.add(stream, text);
  }

  /** An invocation starts: what is printed from now on is its own. */
  begin(): void {
    this.#close();
  }

  finish({ id, outcome, input, ...rest }: Finished): void {
    this.#close();
    const endedAt = performance.now();
    this.#open = {
      ...rest,
      id: this.#idOf(id, endedAt),
      startedAt: Math.round(Date.now() - rest.tookMs),
      outcome: outcome.kind,
      ...(outcome.kind === 'failed' ? { failure: outcome.failure } : {}),
      texts: { input, ...(outcome.kind === 'result' ? { result: outcome.text } : {}) },
      endedAt,
    };
    this.#arm();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#close();
    this.#flush();
    await this.#flushing;
  }

  #close(): void {
    if (this.#open === null) return;
    const { endedAt: _endedAt, ...record } = this.#open;
    this.#open = null;
    this.#closed.push({ ...record, ...this.#tail.take() });
    // Of what the bounds would drop at once, nothing is kept here either.
    if (this.#closed.length > MAX_INVOCATIONS) this.#closed.shift();
    const withoutTexts = this.#closed[this.#closed.length - 1 - MAX_WITH_TEXTS];
    if (withoutTexts !== undefined) withoutTexts.texts = null;
  }

  #arm(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#pulse.next(() => {
      this.#isWaiting = false;
      const now = performance.now();
      if (this.#open !== null && now - this.#open.endedAt >= GRACE_MS) this.#close();
      if (now - this.#flushedAt >= FLUSH_MS) this.#flush();
      if (this.#open !== null || this.#closed.length > 0) this.#arm();
    });
  }

  #flush(): void {
    const records = this.#closed;
    const lease = this.#lease();
    this.#closed = [];
    if (records.length === 0 || lease === null) return;
    this.#flushedAt = performance.now();
    this.#flushing = this.#flushing
      .then(() => keepInvocations(this.#ctx, this.#name, lease, records))
      .catch((error: unknown) =>
        this.#ctx.log.debug({ function: this.#name, reason: messageOf(error) }, 'invocation records not written'),
      );
  }

  /** Redis' clock gives history ids; between two of them, our own time since the last one is added to it. */
  #idOf(id: string, now: number): string {
    if (id !== '') {
      const [ms = '0', sequence = '0'] = id.split('-');
      this.#last = { ms: Number(ms), sequence: Number(sequence), at: now };
      return id;
    }
    const { ms, sequence, at } = this.#last;
    const guess = ms === 0 ? Date.now() : ms + Math.floor(now - at);
    this.#last = guess > ms ? { ms: guess, sequence: 0, at: now } : { ms, sequence: sequence + 1, at };
    return `${this.#last.ms}-${this.#last.sequence}`;
  }
}
