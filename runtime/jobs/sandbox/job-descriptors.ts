import { chownSync, closeSync, constants, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { makeFifos } from '#runtime/supervise/make-fifos';
import type { JobUser } from './job-users.ts';
import { writeReadable } from './write-readable.ts';

/** How many named pipes are made at a time: two a job. */
const BATCH = 16;
/** How long output is awaited whose writers are dead. */
const DRAIN_MS = 2_000;

/** Descriptors 0 to 2 of a job, for the process that is started, and our ends. */
type JobDescriptors = {
  readonly input: number;
  readonly stdout: number;
  readonly stderr: number;
  readonly streams: { readonly stdout: Readable; readonly stderr: Readable };
  /** Closes what the process has got copies of. */
  handedOver(): void;
  /** Returns when all that was written has been read; the processes that wrote it must be dead. */
  readToEnd(): Promise<void>;
  [Symbol.dispose](): void;
};

/**
 * A file as standard input and pipes as output, because programs open /dev/stdin and /dev/stderr: that works on files and
 * pipes that the job's user owns, and never on the sockets that Node would make.
 */
export class DescriptorMaker {
  readonly #folder: string;
  readonly #fifos: string[] = [];
  #made = 0;

  /** `folder`: one that only the worker can enter. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async make(input: string, { uid, gid }: JobUser): Promise<JobDescriptors> {
    const [out, err] = [await this.#fifo(), await this.#fifo()];
    const inputPath = writeReadable(join(this.#folder, `input-${++this.#made}`), input);
    const inputDescriptor = openSync(inputPath, 'r');
    rmSync(inputPath);
    const stdout = openPipe(out, uid, gid);
    const stderr = openPipe(err, uid, gid);
    const closed = Promise.all([stdout, stderr].map(({ reader }) => new Promise((done) => reader.once('close', done))));
    let ours = [inputDescriptor, stdout.writer, stderr.writer];
    const handedOver = () => {
      for (const descriptor of ours) closeSync(descriptor);
      ours = [];
    };
    return {
      input: inputDescriptor,
      stdout: stdout.writer,
      stderr: stderr.writer,
      streams: { stdout: stdout.reader, stderr: stderr.reader },
      handedOver,
      readToEnd: async () => {
        const patience = new AbortController();
        const drained = closed.then(() => true);
        const late = wait(DRAIN_MS, false, { signal: patience.signal }).catch(() => false);
        // With no writer left nothing of this job can be in them.
        if (await Promise.race([drained, late])) this.#fifos.push(out, err);
        patience.abort();
      },
      [Symbol.dispose]() {
        handedOver();
        stdout.reader.destroy();
        stderr.reader.destroy();
      },
    };
  }

  async #fifo(): Promise<string> {
    const free = this.#fifos.pop();
    if (free !== undefined) return free;
    const paths = Array.from({ length: BATCH }, () => join(this.#folder, `pipe-${++this.#made}`));
    await makeFifos(paths);
    const [first = '', ...rest] = paths;
    this.#fifos.push(...rest);
    return first;
  }
}

function openPipe(path: string, uid: number, gid: number): { reader: Readable; writer: number } {
  chownSync(path, uid, gid);
  const readEnd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, constants.O_WRONLY);
  return { reader: new Socket({ fd: readEnd, readable: true, writable: false }), writer };
}
