import type { Host, HostOrder } from './host.ts';
import { JavaScriptThreads } from './javascript/javascript-threads.ts';
import { startPythonProcess } from './python/python-process.ts';
import type { Residence } from './residence.ts';
import { SharedResidences } from './shared-residences.ts';

/** A `python3` process runs one function at a time. */
const IN_A_PROCESS = 100;
const IN_A_THREAD = 1_000;

type Options = {
  /** The interpreter: a name in PATH, or a path. */
  python: string;
  /** The environment of functions. */
  env: Readonly<Record<string, string>>;
};

/**
 * Starts a host for any function: alone in a `python3` process or a worker thread, or together with others in one. A
 * function that has brought down the process or thread of others lives alone from then on, until its code is another.
 */
export class Hosts implements AsyncDisposable {
  readonly #options: Options;
  readonly #threads: JavaScriptThreads;
  readonly #sharedProcesses: SharedResidences;
  readonly #sharedThreads: SharedResidences;
  /** The names of functions that must live alone, and which code of theirs. */
  readonly #alone = new Map<string, string>();

  constructor(options: Options) {
    this.#options = options;
    this.#threads = new JavaScriptThreads(options.env);
    const { python, env } = options;
    this.#sharedProcesses = new SharedResidences(IN_A_PROCESS, () => startPythonProcess(python, env, 'shared'));
    this.#sharedThreads = new SharedResidences(IN_A_THREAD, () => this.#threads.start());
  }

  async start(order: HostOrder): Promise<Host> {
    const isPython = order.language === 'python';
    if (order.isolation === 'shared' && !this.#mustLiveAlone(order)) {
      const shared = isPython ? this.#sharedProcesses : this.#sharedThreads;
      return await shared.start(order, ({ name, path }) => this.#alone.set(name, path));
    }
    return (await this.#own(isPython)).admit(order);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#threads[Symbol.asyncDispose]();
  }

  #mustLiveAlone({ name, path }: HostOrder): boolean {
    if (this.#alone.get(name) === path) return true;
    this.#alone.delete(name);
    return false;
  }

  #own(isPython: boolean): Promise<Residence> {
    const { python, env } = this.#options;
    return isPython ? startPythonProcess(python, env, 'own') : this.#threads.start();
  }
}
