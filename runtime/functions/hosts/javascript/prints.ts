import type { Writable } from 'node:stream';
import { encodeFrame } from '#runtime/supervise/frames';
import { toRuntime } from '../protocol.ts';

/** A handler that prints without end does not let go of the thread, so that what it prints piles up. */
const MAX_UNREAD = 16 * 1024 * 1024;

/** Makes what is written to process.stdout and process.stderr frames that say whose it is. */
export function tagPrints(stream: Writable, whose: () => number): void {
  for (const [name, descriptor] of [['stdout', 1] as const, ['stderr', 2] as const]) {
    let leftOut = 0;
    const send = (text: Buffer) => {
      stream.write(encodeFrame(toRuntime.printed, whose(), Buffer.concat([Buffer.from([descriptor]), text])));
    };
    process[name]._writev = (chunks, done) => {
      const text = Buffer.concat(chunks.map(({ chunk, encoding }) => bytesOf(chunk, encoding)));
      if (stream.writableLength > MAX_UNREAD) {
        leftOut += text.length;
      } else {
        if (leftOut > 0) send(Buffer.from(`… ${leftOut} bytes left out\n`));
        leftOut = 0;
        send(text);
      }
      done();
    };
  }
}

function bytesOf(chunk: unknown, encoding: BufferEncoding): Buffer {
  return typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk as Uint8Array);
}
