import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

const MAX_LINE = 4_096;
const LINES_A_SECOND = 200;

/**
 * Cuts what a process prints into lines, at most {@link LINES_A_SECOND} each second and {@link MAX_LINE} characters
 * each; what is left out is counted and reported as a line of its own.
 */
export class LogLines {
  readonly #emit: (line: string) => void;
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';
  #cutting = false;
  #second = 0;
  #inSecond = 0;
  #dropped = 0;
  #report: NodeJS.Timeout | undefined;

  constructor(emit: (line: string) => void) {
    this.#emit = emit;
  }

  push(chunk: Buffer): void {
    const pieces = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = pieces.pop() ?? '';
    for (const piece of pieces) {
      if (this.#cutting) this.#cutting = false;
      else this.#line(piece);
    }
    if (this.#rest.length <= MAX_LINE) return;
    if (!this.#cutting) this.#line(this.#rest);
    this.#cutting = true;
    this.#rest = '';
  }

  /** Emits an unfinished last line and the count of what was left out. */
  end(): void {
    if (this.#rest !== '' && !this.#cutting) this.#line(this.#rest);
    this.#rest = '';
    this.#reportDropped();
  }

  #line(text: string): void {
    const now = performance.now();
    const second = Math.floor(now / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#inSecond = 0;
      this.#reportDropped();
    }
    if (++this.#inSecond > LINES_A_SECOND) {
      this.#dropped++;
      // A flood may be the last thing that is printed for long.
      this.#report ??= setTimeout(() => this.#reportDropped(), (second + 1) * 1_000 - now).unref();
      return;
    }
    this.#emit(text.length > MAX_LINE ? `${text.slice(0, MAX_LINE)}… (cut)` : text.replace(/\r$/, ''));
  }

  #reportDropped(): void {
    clearTimeout(this.#report);
    this.#report = undefined;
    if (this.#dropped === 0) return;
    this.#emit(`… ${this.#dropped} more lines left out`);
    this.#dropped = 0;
  }
}

/** Reads a stream to its end, line by line. */
export function readLines(stream: Readable, emit: (line: string) => void): void {
  const lines = new LogLines(emit);
  stream.on('data', (chunk: Buffer) => lines.push(chunk));
  stream.once('close', () => lines.end());
}
