import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import { pause } from '#lib/lifecycle';
import { sayAlive, sayGoodbye } from '#lib/roles/say-alive';
import type { RoleName } from '#lib/schemas/role';
import { pythonVersion } from '#runtime/supervise/python-version';
import program from '../../package.json' with { type: 'json' };

/** How often a process says that it is there, and how soon it tries again while Redis is away. */
const BEAT_MS = 2_000;
const AWAY_MS = 500;
/** Memory is told in steps, so that the same is said most of the time. */
const MEMORY_STEP = 2 ** 20;

type About = {
  /** How much it has in hand now. */
  load?: () => number;
  /** The interpreter that it runs Python with. */
  python?: string;
};

/** Says every few seconds that this process plays its role, until it is disposed of. */
export class Presence implements AsyncDisposable {
  readonly #ctx: Context;
  readonly #role: RoleName;
  readonly #about: About;
  readonly #instance = randomUUID();
  readonly #startedAt = Math.round(Date.now() - process.uptime() * 1_000);
  readonly #stop = new AbortController();
  readonly #beating: Promise<void>;
  #python: string | null = null;

  constructor(ctx: Context, role: RoleName, about: About = {}) {
    this.#ctx = ctx;
    this.#role = role;
    this.#about = about;
    this.#beating = this.#beat();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#beating;
    await sayGoodbye(this.#ctx, this.#instance).catch(() => {
      // Redis is away: it is found to be gone in a while.
    });
  }

  async #beat(): Promise<void> {
    const { signal } = this.#stop;
    const { python } = this.#about;
    if (python !== undefined) this.#python = await pythonVersion(python, this.#ctx.config.environment.PATH ?? '');
    while (!signal.aborted) await pause(await this.#say(), signal);
  }

  /** Returns how long to wait before the next time. */
  async #say(): Promise<number> {
    try {
      await sayAlive(this.#ctx, {
        role: this.#role,
        instance: this.#instance,
        host: hostname(),
        pid: process.pid,
        version: program.version,
        node: process.versions.node,
        python: this.#python,
        startedAt: this.#startedAt,
        memoryBytes: Math.round(process.memoryUsage.rss() / MEMORY_STEP) * MEMORY_STEP,
        load: this.#about.load?.() ?? null,
      });
      return BEAT_MS;
    } catch (error) {
      this.#ctx.log.debug({ reason: messageOf(error) }, 'cannot say that this process is there');
      return AWAY_MS;
    }
  }
}
