import type { PrintedLine } from '#lib/schemas/invocation';

const MAX_LINES = 50;
const MAX_BYTES = 8 * 1024;

/** The last lines that were printed: what leads up to a failure stands at the end. */
export class LogTail {
  #lines: (PrintedLine & { bytes: number })[] = [];
  #bytes = 0;
  #leftOut = 0;

  add(stream: string, text: string): void {
    const kept =
      Buffer.byteLength(text) > MAX_BYTES
        ? Buffer.from(text)
            .subarray(0, MAX_BYTES - 3)
            .toString('utf8')
        : text;
    const bytes = Buffer.byteLength(kept);
    this.#lines.push({ stream, text: kept, bytes });
    this.#bytes += bytes;
    while (this.#lines.length > MAX_LINES || this.#bytes > MAX_BYTES) {
      this.#bytes -= this.#lines.shift()?.bytes ?? 0;
      this.#leftOut += 1;
    }
  }

  /** Everything since the last time. */
  take(): { log: PrintedLine[]; linesLeftOut: number } {
    const taken = {
      log: this.#lines.map(({ stream, text }) => ({ stream, text })),
      linesLeftOut: this.#leftOut,
    };
    this.#lines = [];
    this.#bytes = 0;
    this.#leftOut = 0;
    return taken;
  }
}
