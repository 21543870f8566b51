import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const GRACE_MS = 10_000;
const KEPT_LINES = 5;

export type ChildOrder = {
  command: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Everything that it starts runs on this CPU too. */
  cpu?: number | undefined;
};

const running = new Set<Child>();

/** Ends all that still runs: for the end of a benchmark that was interrupted. */
export async function endChildren(): Promise<void> {
  await Promise.all([...running].map((child) => child[Symbol.asyncDispose]()));
}

/** A measured process, in a process group of its own so that it ends only when we say so. */
export class Child implements AsyncDisposable {
  readonly pid: number;
  readonly #process: ChildProcess;
  readonly #ended: Promise<string>;
  readonly #listeners = new Set<(line: string) => void>();
  readonly #last: string[] = [];

  constructor({ command, args, env = {}, cpu }: ChildOrder) {
    const [file = command, ...words] = [...(cpu === undefined ? [] : ['taskset', '-c', String(cpu)]), command, ...args];
    const inherited: Record<string, string | undefined> = { PATH: process.env.PATH, HOME: process.env.HOME };
    this.#process = spawn(file, words, {
      detached: true,
      // Next declares NODE_ENV as always there; a child's environment need not have it.
      env: { ...inherited, ...env } as NodeJS.ProcessEnv,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#ended = new Promise((resolve) => {
      this.#process.once('error', (error) => resolve(error.message));
      this.#process.once('exit', (code, signal) => resolve(`ended with ${signal ?? code}`));
    });
    void this.#ended.then(() => running.delete(this));
    this.pid = this.#process.pid ?? 0;
    running.add(this);
    this.#process.stdin?.on('error', () => {
      // It has ended, and whoever waits for its answer is told so.
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', (line) => this.#hear(line));
    }
  }

  /** The first line from now on that `pick` makes something of; rejects when the process ends or stays silent. */
  async line<T>(pick: (line: string) => T | undefined, timeoutMs: number): Promise<T> {
    const found = Promise.withResolvers<T>();
    const listener = (line: string) => {
      const picked = pick(line);
      if (picked !== undefined) found.resolve(picked);
    };
    this.#listeners.add(listener);
    const timer = setTimeout(() => found.reject(this.#trouble(`said nothing for ${timeoutMs} ms`)), timeoutMs);
    void this.#ended.then((how) => found.reject(this.#trouble(how)));
    try {
      return await found.promise;
    } finally {
      clearTimeout(timer);
      this.#listeners.delete(listener);
    }
  }

  write(order: object): void {
    this.#process.stdin?.write(`${JSON.stringify(order)}\n`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#signal('SIGTERM');
    const timer = setTimeout(() => this.#signal('SIGKILL'), GRACE_MS);
    await this.#ended;
    clearTimeout(timer);
    this.#signal('SIGKILL');
  }

  #signal(signal: NodeJS.Signals): void {
    try {
      if (this.pid > 0) process.kill(-this.pid, signal);
    } catch {
      // The group is gone already.
    }
  }

  #hear(line: string): void {
    if (this.#last.push(line.slice(0, 400)) > KEPT_LINES) this.#last.shift();
    for (const listener of this.#listeners) listener(line);
  }

  #trouble(what: string): Error {
    return new Error([`${this.#process.spawnargs.join(' ')}: ${what}`, ...this.#last].join('\n  '));
  }
}
