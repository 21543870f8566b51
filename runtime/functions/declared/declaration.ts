import { hash } from 'node:crypto';
import type { Config } from '#lib/config';
import { messageOf, VigiaError } from '#lib/errors';
import { checkKeys } from '#lib/functions/check-keys';
import { declareFunction } from '#lib/functions/declare-function';
import { keepCode, type NewCode } from '#lib/functions/keep-code';
import { findRecord } from '#lib/functions/records';
import { readVersion } from '#lib/functions/versions';
import { lifetimes } from '#lib/keys';
import { pause } from '#lib/lifecycle';
import type { Actor, DeploymentLayer } from '#lib/schemas/record';
import { Backoff } from '#runtime/supervise/backoff';
import { labelOf } from '../code/archive-bytes.ts';
import { ArchiveSource } from '../code/archive-source.ts';
import type { Machinery } from '../machinery.ts';
import { watchArchive } from './archive-watch.ts';
import { watchFile } from './file-watch.ts';
import { contentOf, type SingleFile, singleFile } from './single-file.ts';

type Archive = NonNullable<Config['function']['archive']>;

/**
 * Declares the function of this runtime's environment: its settings, and its code as often as that changes. What runs is
 * decided in the registry, where a person may have overridden any of it.
 */
export class Declaration implements AsyncDisposable {
  readonly #machinery: Machinery;
  readonly #file: SingleFile | null;
  readonly #by: Actor;
  readonly #stop = new AbortController();
  readonly #tasks: Promise<void>[];
  readonly #beating: { remove(): void };
  #single: NewCode | null = null;
  #archive: NewCode | null = null;
  /** Why there is no archive. */
  #problem: string | null = null;
  /** Whether all that is declared has been looked at. */
  #isComplete = false;
  #isTold = false;
  /** Whether it has been said that the single file runs in the archive's place. */
  #isReplaced = false;
  #news = new AbortController();

  /** Throws when the environment declares a file that is not there. */
  constructor(machinery: Machinery) {
    this.#machinery = machinery;
    const { function: declared } = machinery.ctx.config;
    this.#file = singleFile(declared);
    this.#by = { kind: 'deployment', host: machinery.self.host };
    this.#tasks = [this.#find(this.#file, declared.archive), this.#keepTelling()];
    this.#beating = machinery.schedule.add({ periodMs: lifetimes.declarer / 3, run: () => this.#beat() });
  }

  /** Redis does not have it any more. */
  declareAgain(): void {
    this.#tell();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    this.#beating.remove();
    await Promise.all(this.#tasks);
  }

  async #find(file: SingleFile | null, archive: Archive | undefined): Promise<void> {
    const { signal } = this.#stop;
    const tasks: Promise<void>[] = [];
    if (file !== null) {
      await this.#read(file);
      if ('path' in file) tasks.push(watchFile(file.path, () => this.#read(file), signal));
    }
    if (archive !== undefined) tasks.push(this.#watchArchive(archive, signal));
    else {
      this.#isComplete = true;
      this.#tell();
    }
    await Promise.all(tasks);
  }

  async #read(file: SingleFile): Promise<void> {
    const { log } = this.#machinery.ctx;
    try {
      const { content, fileName } = await contentOf(file);
      if (this.#single?.content.equals(content)) return;
      if ('path' in file) this.#machinery.localCode.isAt(hash('sha256', content), file.path);
      const { language, source } = file;
      this.#single = { kind: 'file', language, source, fileName, content, entry: null, message: '', by: this.#by };
      this.#tell();
    } catch (error) {
      log.warn({ reason: messageOf(error) }, `${file.source} cannot be read; what it last held goes on`);
    }
  }

  async #watchArchive(archive: Archive, signal: AbortSignal): Promise<void> {
    const { config, log } = this.#machinery.ctx;
    const source = new ArchiveSource(archive);
    const { label } = source;
    const about = { kind: 'archive', source: label, fileName: 'code.zip', message: '', by: this.#by } as const;
    await watchArchive(
      {
        source,
        refreshMs: archive.refreshMs,
        log,
        found: async ({ bytes }) => {
          const language = config.function.language ?? null;
          this.#archive = { ...about, language, entry: archive.entryFile ?? null, content: bytes };
          this.#problem = null;
          this.#isComplete = true;
          this.#tell();
        },
        failed: (reason) => {
          // One that was good once goes on, whatever has become of it.
          if (this.#archive !== null) return;
          this.#problem = `${label} cannot be used: ${reason}`;
          this.#isComplete = true;
          this.#tell();
        },
      },
      signal,
    );
  }

  /** Whoever deletes the function is to know that it would come back. */
  async #beat(): Promise<void> {
    const { redis, keys, config } = this.#machinery.ctx;
    const key = keys.declarer(config.function.name);
    await redis.set(key, this.#machinery.self.host, 'PX', lifetimes.declarer).catch(() => {
      // Redis is away: the next one says it.
    });
  }

  #tell(): void {
    this.#isTold = false;
    this.#news.abort();
  }

  /** Tries until Redis takes it, and again whenever there is news. */
  async #keepTelling(): Promise<void> {
    const { signal } = this.#stop;
    const backoff = new Backoff(100, 1_500);
    while (!signal.aborted) {
      this.#news = new AbortController();
      let wait = LONG_MS;
      if (this.#isComplete && !this.#isTold) {
        this.#isTold = true;
        try {
          await this.#declare();
          backoff.reset();
        } catch (error) {
          this.#isTold = false;
          wait = backoff.take();
          this.#machinery.ctx.log.debug({ reason: messageOf(error) }, 'not declared yet');
        }
      }
      await pause(wait, AbortSignal.any([signal, this.#news.signal]));
    }
  }

  async #declare(): Promise<void> {
    const { ctx, self } = this.#machinery;
    const { name, given } = ctx.config.function;
    const settings = { settings: { ...given.settings }, from: { ...given.from } };
    const code = await this.#code();
    const record = await declareFunction(ctx, name, { host: self.host, ...settings, code });
    await this.#beat();
    await checkKeys(ctx, record).catch((error: unknown) => {
      if (!(error instanceof VigiaError) || error.code !== 'invalid') throw error;
      for (const { path, message } of error.fields ?? []) ctx.log.warn({ function: name }, `${path} ${message}`);
    });
  }

  async #code(): Promise<DeploymentLayer['code']> {
    const { ctx } = this.#machinery;
    const { name, archive } = ctx.config.function;
    const keep = async (code: NewCode | null) => (code === null ? null : await keepCode(ctx, name, code));
    const single = await keep(this.#single);
    if (archive === undefined) return { version: single, standIn: null, problem: null };
    const version = this.#archive === null ? await this.#lastArchive() : await keep(this.#archive);
    if (version === null && this.#single !== null && !this.#isReplaced)
      ctx.log.warn(`${this.#single.source} runs instead of ${labelOf(archive)}`);
    this.#isReplaced = version === null;
    return { version, standIn: single, problem: this.#problem };
  }

  /** The newest version of the archive that any runtime has declared: one that was good once goes on. */
  async #lastArchive(): Promise<number | null> {
    const { ctx } = this.#machinery;
    const { name, archive } = ctx.config.function;
    const number = (await findRecord(ctx, name))?.deployment?.code.version ?? null;
    if (number === null || archive === undefined) return null;
    const version = await readVersion(ctx, name, number);
    return version.kind === 'archive' && version.source === labelOf(archive) ? number : null;
  }
}

/** Until there is news; the longest that a timer takes. */
const LONG_MS = 2 ** 31 - 1;
