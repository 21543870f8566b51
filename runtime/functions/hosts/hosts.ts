import type { Host, HostOrder } from './host.ts';
import { JavaScriptThreads } from './javascript/javascript-threads.ts';
import { MovingHost, type Placed } from './moving-host.ts';
import { startPythonProcess } from './python/python-process.ts';
import { SharedResidences } from './shared-residences.ts';

/** A `python3` process runs one function at a time. */
const IN_A_PROCESS = 100;
const IN_A_THREAD = 1_000;
/** Code that loads keeps the others waiting; numpy takes a second, and is imported once for all. */
const QUICK_LOAD_MS = 5_000;

type Options = {
  /** The interpreter: a name in PATH, or a path. */
  python: string;
  /** The environment of functions. */
  env: Readonly<Record<string, string>>;
  /** What takes longer to load than this cannot live with others. */
  quickLoadMs?: number;
};

/**
 * Starts a host for any function: alone in a `python3` process or a worker thread, or together with others in one. A
 * function that has brought down the process or thread of others, or takes long to load, lives alone from then on, until
 * its code is another.
 */
export class Hosts implements AsyncDisposable {
  readonly #options: Options;
  readonly #threads: JavaScriptThreads;
  readonly #sharedProcesses: SharedResidences;
  readonly #sharedThreads: SharedResidences;
  /** Names and code of functions that must live alone. */
  readonly #alone = new Set<string>();
  #disposed = false;

  constructor(options: Options) {
    this.#options = options;
    this.#threads = new JavaScriptThreads(options.env);
    const { python, env } = options;
    this.#sharedProcesses = new SharedResidences(IN_A_PROCESS, () => startPythonProcess(python, env, 'shared'));
    this.#sharedThreads = new SharedResidences(IN_A_THREAD, () => this.#threads.start());
  }

  async start(order: HostOrder): Promise<Host> {
    return await (order.isolation === 'own' ? this.#startAlone(order) : MovingHost.start(() => this.#place(order)));
  }

  /** Ends the process of all threads; a Python process ends with its last function. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    await this.#threads[Symbol.asyncDispose]();
  }

  async #place(order: HostOrder): Promise<Placed> {
    if (this.#disposed) throw new Error('the hosts have been stopped');
    const code = JSON.stringify([order.name, order.path]);
    if (this.#alone.has(code)) return { host: await this.#startAlone(order), loadMs: Number.POSITIVE_INFINITY };
    const shared = order.language === 'python' ? this.#sharedProcesses : this.#sharedThreads;
    const host = await shared.start(order, () => this.#alone.add(code));
    return { host, loadMs: this.#options.quickLoadMs ?? QUICK_LOAD_MS };
  }

  async #startAlone(order: HostOrder): Promise<Host> {
    const { python, env } = this.#options;
    const isPython = order.language === 'python';
    const residence = await (isPython ? startPythonProcess(python, env, 'own') : this.#threads.start());
    return residence.admit(order);
  }
}
