import { messageOf } from '#lib/errors';
import { pause } from '#lib/lifecycle';
import type { Log } from '#lib/log';
import type { Failure } from '#lib/schemas/function';
import { Backoff } from '#runtime/supervise/backoff';
import type { ArchiveSource } from './code/archive-source.ts';
import type { Code } from './definition.ts';

export const archiveRetry = { firstMs: 5_000, maxMs: 300_000 } as const;

/** What the keeper does with what it finds. */
export type Deployment = {
  /** Makes this version the one that runs, if it loads; otherwise says why and leaves what runs alone. */
  deploy(code: Code, signal: AbortSignal): Promise<Failure | null>;
  /** No version of the archive runs: something else must. */
  runWithout(failure: Failure): Promise<void>;
};

type Options = {
  source: Pick<ArchiveSource, 'label' | 'canChange' | 'look'>;
  refreshMs: number;
  deployment: Deployment;
  log: Log;
  retry?: { firstMs: number; maxMs: number };
};

/**
 * Looks at an archive again and again. A new version is deployed; one that cannot be fetched, read or loaded is tried
 * again with growing waits, while what ran before goes on.
 */
export class ArchiveKeeper implements AsyncDisposable {
  readonly #options: Options;
  readonly #backoff: Backoff;
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;
  #running: Code | null = null;

  constructor(options: Options) {
    this.#options = options;
    const { firstMs, maxMs } = options.retry ?? archiveRetry;
    this.#backoff = new Backoff(firstMs, maxMs);
    this.#done = this.#keep();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#done;
  }

  async #keep(): Promise<void> {
    const { source, refreshMs, deployment, log } = this.#options;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const failure = await this.#try(signal);
      if (signal.aborted) return;
      if (failure === null) {
        this.#backoff.reset();
        if (!source.canChange) return;
        await pause(refreshMs, signal);
        continue;
      }
      const wait = this.#backoff.take();
      const { message, traceback } = failure;
      log.error({ traceback, retryInMs: wait }, `${source.label} cannot be used: ${message}`);
      if (this.#running === null) {
        await deployment
          .runWithout(failure)
          .catch((error: unknown) => log.error({ reason: messageOf(error) }, 'nothing can run in its place'));
      }
      await pause(wait, signal);
    }
  }

  /** Null when the newest version runs. */
  async #try(signal: AbortSignal): Promise<Failure | null> {
    const look = await this.#options.source.look(signal);
    if (signal.aborted) return null;
    if (look.kind === 'failed') return { kind: 'init', message: look.reason };
    if (look.code.path === this.#running?.path) return null;
    try {
      const failure = await this.#options.deployment.deploy(look.code, signal);
      if (failure === null) this.#running = look.code;
      return failure;
    } catch (error) {
      // Half-way between two versions: neither runs.
      this.#running = null;
      return { kind: 'init', message: messageOf(error) };
    }
  }
}
