import { randomBytes } from 'node:crypto';
import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import { acquireLease, type Holder, type Lease, parseHolder, releaseLease } from '#lib/functions/lease';
import { lifetimes } from '#lib/keys';
import { type HolderProcess, isGone } from './place.ts';
import type { Task } from './schedule.ts';

/** How often one who waits looks whether the function is free. */
export const LOOK_MS = 1_000;

/**
 * This process' hold on one function. It is renewed for as long as the task is called; whoever else wants the function
 * gets it when it is released, when its holder is known to have ended, or when it has run out.
 */
export class LeaseKeeper implements Task {
  readonly #ctx: Context;
  readonly #name: string;
  /** A holder of its own: what an earlier keeper of this process has left behind is that of one who is gone, not ours. */
  readonly #self: Holder;
  readonly #lost: () => void;
  #lease: Lease | null = null;
  /** The newest token that was ours: it is so again if nobody else has had one. */
  #last = 0;
  #waiting: (() => void)[] = [];
  #over = false;
  /** One at a time, or two would tell of the same loss. */
  #claiming: Promise<unknown> = Promise.resolve();

  /** `lost` is called when somebody else has, or may have had, the function in between. */
  constructor(ctx: Context, name: string, self: HolderProcess, lost: () => void) {
    this.#ctx = ctx;
    this.#name = name;
    this.#self = { instance: randomBytes(6).toString('hex'), ...self };
    this.#lost = lost;
  }

  get periodMs(): number {
    return this.#lease === null ? LOOK_MS : lifetimes.lease / 3;
  }

  /** What every write has to show; null when the function is not ours. */
  get text(): string | null {
    return this.#lease?.text ?? null;
  }

  async run(): Promise<void> {
    await this.claim().catch((error: unknown) => {
      this.#ctx.log.debug({ function: this.#name, reason: messageOf(error) }, 'the lease is not renewed');
    });
  }

  /** Takes or renews the lease; true when it is ours and nobody else has had it since it last was. */
  claim(): Promise<boolean> {
    const claim = this.#claiming.catch(() => {}).then(() => this.#claim());
    this.#claiming = claim;
    return claim;
  }

  async #claim(): Promise<boolean> {
    if (this.#over) return false;
    const before = this.#lease;
    let answer = await acquireLease(this.#ctx, this.#name, this.#self, { last: this.#last });
    if ('heldBy' in answer) {
      const other = parseHolder(answer.heldBy);
      if (other !== null && isGone(other, this.#self)) {
        const evict = answer.heldBy;
        answer = await acquireLease(this.#ctx, this.#name, this.#self, { last: this.#last, evict });
      }
    }
    const lease = 'lease' in answer ? answer.lease : null;
    if (this.#over) {
      if (lease !== null) await releaseLease(this.#ctx, this.#name, lease);
      return false;
    }
    this.#lease = lease;
    if (lease !== null) this.#last = lease.token;
    const isSame = before !== null && lease?.token === before.token;
    if (before !== null && !isSame) this.#lost();
    if (lease !== null) for (const wake of this.#waiting.splice(0)) wake();
    return isSame;
  }

  /** Resolves when the function is ours, or at the signal. */
  async held(signal: AbortSignal): Promise<void> {
    if (this.#lease !== null || signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    const giveUp = () => resolve();
    signal.addEventListener('abort', giveUp, { once: true });
    await promise;
    signal.removeEventListener('abort', giveUp);
    this.#waiting = this.#waiting.filter((each) => each !== resolve);
  }

  /** Lets the function go for good. */
  async release(): Promise<void> {
    this.#over = true;
    const lease = this.#lease;
    this.#lease = null;
    if (lease !== null)
      await releaseLease(this.#ctx, this.#name, lease).catch(() => {
        // Redis is away: it runs out by itself.
      });
  }
}
