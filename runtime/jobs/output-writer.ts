import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import { appendOutput } from '#lib/jobs/append-output';
import { pause } from '#lib/lifecycle';
import type { OutputSegment, OutputStream } from '#lib/schemas/job';
import { untilAnswered } from './until-answered.ts';

/** What comes within this time after a write goes into the next one. */
const SPACING_MS = 50;
/** Of one piece; what is larger becomes several. */
const MOST_CHARACTERS = 64 * 1024;
const MOST_SEGMENTS = 500;

/**
 * Writes what a run prints: the first words at once, then many together. While Redis is away it waits, with what there
 * may be of a job's output in memory, and writes nothing twice.
 */
export class OutputWriter {
  readonly #ctx: Context;
  readonly #run: { id: number; run: string };
  readonly #patience: AbortSignal;
  readonly #refused: () => void;
  readonly #ending = new AbortController();
  #pending: OutputSegment[] = [];
  #pieces = 0;
  #writing: Promise<void> | null = null;
  #isRefused = false;

  /** At `patience`, what is not written yet is given up; `refused` is called when the job is not this run's any more. */
  constructor(ctx: Context, run: { id: number; run: string }, patience: AbortSignal, refused: () => void) {
    this.#ctx = ctx;
    this.#run = run;
    this.#patience = patience;
    this.#refused = refused;
  }

  write(stream: OutputStream, text: string): void {
    if (this.#isRefused) return;
    for (const part of parts(text)) this.#add(stream, part);
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = null;
    });
  }

  /** Resolves when everything is written, or given up; nothing comes after it. */
  async end(): Promise<void> {
    this.#ending.abort();
    await this.#writing;
  }

  #add(stream: OutputStream, text: string): void {
    const last = this.#pending.at(-1);
    if (last?.stream === stream && last.text.length + text.length <= MOST_CHARACTERS) last.text += text;
    else this.#pending.push({ stream, text });
  }

  async #writeAll(): Promise<void> {
    while (this.#pending.length > 0) {
      const segments = this.#take();
      if (!(await this.#append(segments))) {
        this.#pending = [];
        return;
      }
      await pause(SPACING_MS, this.#ending.signal);
    }
  }

  #take(): OutputSegment[] {
    let count = 0;
    let characters = 0;
    for (const { text } of this.#pending.slice(0, MOST_SEGMENTS)) {
      characters += text.length;
      if (count > 0 && characters > MOST_CHARACTERS) break;
      count += 1;
    }
    return this.#pending.splice(0, count);
  }

  async #append(segments: OutputSegment[]): Promise<boolean> {
    this.#pieces += 1;
    const piece = { ...this.#run, piece: this.#pieces, segments };
    try {
      const isOurs = await untilAnswered(() => appendOutput(this.#ctx, piece), this.#patience);
      if (isOurs) return true;
    } catch (error) {
      this.#ctx.log.error({ job: this.#run.id, reason: messageOf(error) }, 'output cannot be written');
    }
    this.#isRefused = true;
    this.#refused();
    return false;
  }
}

/** A text in parts of a bounded length; no character is cut in two. */
function* parts(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = start + MOST_CHARACTERS;
    const isCut = end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
    const part = text.slice(start, isCut ? end - 1 : end);
    yield part;
    start += part.length;
  }
}
