import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, describeExit, startChild } from '#runtime/supervise/child';
import { FrameReader } from '#runtime/supervise/frames';
import { readLines } from '#runtime/supervise/log-lines';
import type { End } from '../host.ts';
import { toRuntime } from '../protocol.ts';
import { controlReport } from '../reports.ts';
import { Residence } from '../residence.ts';
import type { ControlOrder } from './control.ts';

const HOST_PROGRAM = join(import.meta.dirname, 'host-process.ts');
const START_MS = 15_000;

/** A worker thread, and from when it has connected what lives in it. */
type Thread = { ended: (end: End) => void; residence: Residence | null };

type Process = {
  child: Child;
  threads: Map<string, Thread>;
  /** The thread that could not be ended otherwise. */
  killedFor: Thread | null;
};

/**
 * The one supervised Node process whose worker threads host all JavaScript and TypeScript functions. It is started with the
 * first of them, and started again with the next one when it has died.
 */
export class JavaScriptThreads implements AsyncDisposable {
  readonly #env: Readonly<Record<string, string>>;
  readonly #folder = mkdtempSync(join(tmpdir(), 'vigia-'));
  readonly #arrivals = new Map<string, (socket: Socket) => void>();
  #server: Server | null = null;
  #process: Promise<Process> | null = null;

  constructor(env: Readonly<Record<string, string>>) {
    this.#env = env;
  }

  /** Starts a worker thread and waits until it has connected. */
  async start(): Promise<Residence> {
    const running = await this.#running();
    const { child, threads } = running;
    const id = randomBytes(8).toString('hex');
    const token = randomBytes(16).toString('hex');
    const { promise: ended, resolve } = Promise.withResolvers<End>();
    const thread: Thread = { ended: resolve, residence: null };
    threads.set(id, thread);
    void ended.then(() => threads.delete(id));
    const arrived = new Promise<Socket>((arrive) => this.#arrivals.set(token, arrive));
    say(child, { order: 'start', id, socket: this.#socketPath, token });
    try {
      const socket = await Promise.race([
        arrived,
        ended.then(({ how }) => Promise.reject(new Error(`its worker ${how}`))),
        late(),
      ]);
      thread.residence = new Residence(socket, {
        pid: child.pid,
        ended,
        stop: () => say(child, { order: 'stop', id }),
        kill() {
          running.killedFor ??= thread;
          child.kill();
        },
      });
      return thread.residence;
    } finally {
      this.#arrivals.delete(token);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const running = await this.#process?.catch(() => null);
    running?.child.kill();
    await running?.child.exited;
    this.#server?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #socketPath(): string {
    return join(this.#folder, 'hosts.sock');
  }

  #running(): Promise<Process> {
    this.#process ??= this.#startProcess().catch((error: unknown) => {
      this.#process = null;
      throw error;
    });
    return this.#process;
  }

  async #startProcess(): Promise<Process> {
    if (this.#server === null) {
      this.#server = createServer((socket) => this.#greet(socket)).listen(this.#socketPath);
      await once(this.#server, 'listening');
    }
    const child = await startChild({
      command: process.execPath,
      // The workers have heaps of their own; this process only starts them.
      args: ['--max-semi-space-size=1', HOST_PROGRAM],
      env: this.#env,
      link: 'ipc',
      ifParentDies: 'SIGKILL',
    });
    const started: Process = { child, threads: new Map(), killedFor: null };
    void child.exited.then((exit) => {
      this.#process = null;
      endAll(started, describeExit(exit));
    });
    // What does not go through a worker's process.stdout, such as native code and crashes.
    for (const stream of ['stdout', 'stderr'] as const) {
      readLines(child[stream], (line) => {
        for (const { residence } of started.threads.values()) residence?.log(stream, line);
      });
    }
    const ready = new Promise<void>((resolve) => child.onMessage((message) => hear(started, message, resolve)));
    await Promise.race([
      ready,
      child.exited.then((exit) => Promise.reject(new Error(`the JavaScript host process ${describeExit(exit)}`))),
    ]);
    return started;
  }

  /** The first frame on a new connection says which worker it is; anything else is nobody. */
  #greet(socket: Socket): void {
    socket.on('error', () => socket.destroy());
    socket.once('data', (chunk: Buffer) => {
      const hello = firstFrame(chunk);
      const welcome = hello?.type === toRuntime.hello ? this.#arrivals.get(hello.payload.toString('utf8')) : undefined;
      if (welcome === undefined) socket.destroy();
      else welcome(socket);
    });
  }
}

/** When the process dies by itself, any thread that was at work may have done it; those that were idle have not. */
function endAll({ threads, killedFor }: Process, how: string): void {
  const all = [...threads.values()];
  const suspects = killedFor === null ? all.filter(({ residence }) => residence?.suspect != null) : [killedFor];
  for (const thread of all) thread.ended({ how, innocent: suspects.length > 0 && !suspects.includes(thread) });
}

function hear({ threads }: Process, message: unknown, ready: () => void): void {
  const report = controlReport.parse(message);
  if (report.report === 'ready') ready();
  else threads.get(report.id)?.ended({ how: report.how, innocent: false });
}

function say(child: Child, order: ControlOrder): void {
  child.send(order);
}

function firstFrame(chunk: Buffer) {
  try {
    return new FrameReader().push(chunk)[0];
  } catch {
    return undefined;
  }
}

async function late(): Promise<never> {
  await new Promise((resolve) => setTimeout(resolve, START_MS).unref());
  throw new Error(`its worker did not start within ${START_MS / 1000} s`);
}
