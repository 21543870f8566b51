/**
 * The protocol between a runtime and its hosts. A frame is a 4-byte big-endian length of what follows, one byte of type,
 * the 4-byte number of the function among those that share the stream, and the payload. Payloads of `invoke` and `result`
 * are raw text that passes through unparsed.
 */
export type Frame = { type: number; resident: number; payload: Buffer };

const HEADER = 9;
/** Above every bound that a host itself keeps: a longer frame is no frame of ours. */
const MAX_FRAME = 64 * 1024 * 1024;

export function encodeFrame(type: number, resident: number, payload: Buffer | string): Buffer {
  const length = typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length;
  const frame = Buffer.allocUnsafe(HEADER + length);
  frame.writeUInt32BE(HEADER - 4 + length, 0);
  frame.writeUInt8(type, 4);
  frame.writeUInt32BE(resident, 5);
  if (typeof payload === 'string') frame.write(payload, HEADER, 'utf8');
  else payload.copy(frame, HEADER);
  return frame;
}

/** Cuts a byte stream into frames; throws on a length that no frame has. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #size = 0;

  push(chunk: Buffer): Frame[] {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    const frames: Frame[] = [];
    for (let frame = this.#next(); frame !== null; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #next(): Frame | null {
    if (this.#size < HEADER) return null;
    const head = this.#gather(HEADER);
    const length = head.readUInt32BE(0);
    if (length < HEADER - 4 || length > MAX_FRAME) throw new Error(`A frame of ${length} bytes is not one of ours`);
    const whole = 4 + length;
    if (this.#size < whole) return null;
    const bytes = this.#gather(whole);
    this.#chunks = bytes.length === whole ? this.#chunks.slice(1) : [bytes.subarray(whole), ...this.#chunks.slice(1)];
    this.#size -= whole;
    return { type: bytes.readUInt8(4), resident: bytes.readUInt32BE(5), payload: bytes.subarray(HEADER, whole) };
  }

  /** Makes the first chunk hold at least `bytes`, joining only when it must. */
  #gather(bytes: number): Buffer {
    const first = this.#chunks[0];
    if (first !== undefined && first.length >= bytes) return first;
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}
