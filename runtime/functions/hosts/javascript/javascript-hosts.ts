import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, describeExit, startChild } from '#runtime/supervise/child';
import { FrameReader } from '#runtime/supervise/frames';
import { readLines } from '#runtime/supervise/log-lines';
import { ConnectedHost } from '../connected-host.ts';
import type { End, Host, HostOrder } from '../host.ts';
import { toRuntime } from '../protocol.ts';
import { controlReport } from '../reports.ts';
import type { ControlOrder } from './control.ts';

const HOST_PROGRAM = join(import.meta.dirname, 'host-process.ts');
const START_MS = 15_000;

/** What the host process reports of a worker goes here. */
type Resident = { log: HostOrder['log']; ended: (end: End) => void };

/**
 * The one supervised Node process whose worker threads are the hosts of all JavaScript and TypeScript functions. It is
 * started with the first of them, and started again with the next one when it has died.
 */
export class JavaScriptHosts implements AsyncDisposable {
  readonly #env: Readonly<Record<string, string>>;
  readonly #folder = mkdtempSync(join(tmpdir(), 'vigia-'));
  readonly #arrivals = new Map<string, (socket: Socket) => void>();
  readonly #residents = new Map<string, Resident>();
  #server: Server | null = null;
  #process: Promise<Child> | null = null;

  constructor(env: Readonly<Record<string, string>>) {
    this.#env = env;
  }

  /** Starts the worker of one function and waits until it has connected. */
  async start(order: HostOrder): Promise<Host> {
    const child = await this.#running();
    const id = randomBytes(8).toString('hex');
    const token = randomBytes(16).toString('hex');
    const ended = new Promise<End>((resolve) => {
      this.#residents.set(id, { log: order.log, ended: resolve });
      void child.exited.then((exit) => resolve({ how: describeExit(exit), innocent: false }));
    });
    void ended.then(() => this.#residents.delete(id));
    const arrived = new Promise<Socket>((resolve) => this.#arrivals.set(token, resolve));
    this.#say(child, { order: 'start', id, socket: this.#socketPath, token });
    try {
      const socket = await Promise.race([
        arrived,
        ended.then(({ how }) => Promise.reject(new Error(`its worker ${how}`))),
        late(),
      ]);
      return new ConnectedHost(order, socket, {
        pid: child.pid,
        ended,
        stop: () => this.#say(child, { order: 'stop', id }),
        kill: () => child.kill(),
      });
    } finally {
      this.#arrivals.delete(token);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const child = await this.#process?.catch(() => null);
    child?.kill();
    await child?.exited;
    this.#server?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #socketPath(): string {
    return join(this.#folder, 'hosts.sock');
  }

  #say(child: Child, order: ControlOrder): void {
    child.send(order);
  }

  #running(): Promise<Child> {
    this.#process ??= this.#startProcess().catch((error: unknown) => {
      this.#process = null;
      throw error;
    });
    return this.#process;
  }

  async #startProcess(): Promise<Child> {
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
    void child.exited.then(() => {
      this.#process = null;
    });
    // Native code and crashes of the whole process write here; workers' own output comes as reports.
    for (const stream of ['stdout', 'stderr'] as const) {
      readLines(child[stream], (line) => {
        for (const resident of this.#residents.values()) resident.log(stream, line);
      });
    }
    const ready = new Promise<void>((resolve) => child.onMessage((message) => this.#hear(message, resolve)));
    await Promise.race([
      ready,
      child.exited.then((exit) => Promise.reject(new Error(`the JavaScript host process ${describeExit(exit)}`))),
    ]);
    return child;
  }

  #hear(message: unknown, ready: () => void): void {
    const report = controlReport.parse(message);
    if (report.report === 'ready') ready();
    else if (report.report === 'log') this.#residents.get(report.id)?.log(report.stream, report.line);
    else this.#residents.get(report.id)?.ended({ how: report.how, innocent: false });
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
