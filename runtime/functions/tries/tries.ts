import type { Redis } from 'ioredis';
import { messageOf } from '#lib/errors';
import { answerTry, dropTry, holdTry, type TakenTry, takeTry } from '#lib/functions/try-requests';
import { lifetimes } from '#lib/keys';
import { pause } from '#lib/lifecycle';
import { connect, createSubscriber } from '#lib/redis';
import type { Machinery } from '../machinery.ts';
import { runTry } from './run-try.ts';
import { tidyScratchFolders } from './scratch-code.ts';

/** Ticks come first: what waits longer is taken by another runtime, or later. */
const AT_ONCE = 2;
const HOLD_MS = lifetimes.takenTry / 4;

/** Runs code that people try, beside the functions that run here, until it is disposed of. */
export class Tries implements AsyncDisposable {
  readonly #machinery: Machinery;
  readonly #subscriber: Redis;
  readonly #stop = new AbortController();
  readonly #workers = new Set<Promise<void>>();
  /** Something may have come since somebody last looked. */
  #news = false;

  static async start(machinery: Machinery): Promise<Tries> {
    await tidyScratchFolders();
    const tries = new Tries(machinery);
    await connect(tries.#subscriber);
    void tries.#subscriber.subscribe(machinery.ctx.keys.tries.asked).catch(() => {
      // Ended before Redis came: nobody listens any more.
    });
    return tries;
  }

  private constructor(machinery: Machinery) {
    const { ctx } = machinery;
    this.#machinery = machinery;
    this.#subscriber = createSubscriber(ctx.config.redis, 'tries', ctx.log);
    this.#subscriber.on('message', () => this.#look());
  }

  /** Cuts off what runs; whoever waits for it is told at once that there is no answer. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    this.#subscriber.disconnect();
    await Promise.all(this.#workers);
  }

  #look(): void {
    this.#news = true;
    if (this.#stop.signal.aborted || this.#workers.size >= AT_ONCE) return;
    const worker = this.#work()
      .catch((error: unknown) => {
        // Whoever waits reminds us of it.
        this.#machinery.ctx.log.debug(
          { reason: messageOf(error) },
          'Redis does not answer: what people try is not taken, or not answered',
        );
      })
      .finally(() => this.#workers.delete(worker));
    this.#workers.add(worker);
  }

  /** Until nothing waits. */
  async #work(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#news = false;
      const taken = await takeTry(this.#machinery.ctx);
      if (taken !== null) await this.#run(taken);
      // What came while we heard that nothing waits must not be left to nobody.
      else if (!this.#news) return;
    }
  }

  async #run(taken: TakenTry): Promise<void> {
    const { ctx } = this.#machinery;
    const ended = new AbortController();
    const abandoned = this.#hold(taken.id, ended.signal);
    const signal = AbortSignal.any([this.#stop.signal, abandoned, AbortSignal.timeout(taken.patienceMs)]);
    const run = await runTry(this.#machinery, taken, signal).catch((error: unknown) => {
      // Ours, not that of the code: whoever waits is told that there is no answer.
      ctx.log.error({ function: taken.name, try: taken.id, reason: messageOf(error) }, 'code could not be tried');
      return null;
    });
    ended.abort();
    await (run === null || signal.aborted ? dropTry(ctx, taken.id) : answerTry(ctx, taken.id, run));
  }

  /** Says that this runtime is at it until `ended`; the signal that it returns comes when nobody waits any more. */
  #hold(id: string, ended: AbortSignal): AbortSignal {
    const abandoned = new AbortController();
    const holding = async () => {
      for (;;) {
        await pause(HOLD_MS, ended);
        if (ended.aborted) return;
        // While Redis is away nobody knows; when it is back it says.
        const isAwaited = await holdTry(this.#machinery.ctx, id).catch(() => true);
        if (!isAwaited) return abandoned.abort();
      }
    };
    void holding();
    return abandoned.signal;
  }
}
