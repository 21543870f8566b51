import { StringDecoder } from 'node:string_decoder';
import type { JobOrder, OutputPiece, OutputStream } from './sandbox.ts';

/** Beyond this many pieces, what comes is put to the last one of its stream: a bound on memory, not on output. */
const MAX_PIECES = 16_384;

/**
 * What a job has written, up to `limit` bytes of UTF-8 for both streams together. Bytes that are no UTF-8 become U+FFFD;
 * characters survive being cut into chunks.
 */
export class Output {
  readonly pieces: OutputPiece[] = [];
  truncated = false;
  readonly #limit: number;
  readonly #startedAt = performance.now();
  readonly #onOutput: JobOrder['onOutput'];
  readonly #decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  #size = 0;

  constructor(limit: number, onOutput: JobOrder['onOutput']) {
    this.#limit = limit;
    this.#onOutput = onOutput;
  }

  write(stream: OutputStream, chunk: Buffer): void {
    if (!this.truncated) this.#keep(stream, this.#decoders[stream].write(chunk));
  }

  /** Keeps characters that were never completed, too. */
  end(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      if (!this.truncated) this.#keep(stream, this.#decoders[stream].end());
    }
  }

  text(stream: OutputStream): string {
    return this.pieces
      .filter((piece) => piece.stream === stream)
      .map(({ text }) => text)
      .join('');
  }

  #keep(stream: OutputStream, decoded: string): void {
    const text = this.#fitting(decoded);
    if (text === '') return;
    const atMs = performance.now() - this.#startedAt;
    const last =
      this.pieces.length < MAX_PIECES ? this.pieces.at(-1) : this.pieces.findLast((piece) => piece.stream === stream);
    if (last?.stream === stream) last.text += text;
    else this.pieces.push({ stream, text, atMs });
    this.#onOutput?.(stream, text, atMs);
  }

  #fitting(text: string): string {
    const size = Buffer.byteLength(text);
    const room = this.#limit - this.#size;
    if (size <= room) {
      this.#size += size;
      return text;
    }
    this.truncated = true;
    this.#size = this.#limit;
    // A decoder that is not ended holds back the character that the cut went through.
    return new StringDecoder('utf8').write(Buffer.from(text).subarray(0, room));
  }
}
