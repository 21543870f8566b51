import type { Log } from '#lib/log';

/** The log of a function: each line names it, and the version of its code that the line is about. */
export class FunctionLog {
  readonly #log: Log;
  #newest: { version: string; log: Log } | null = null;

  constructor(log: Log, name: string) {
    this.#log = log.child({ function: name });
  }

  of(version: string): Log {
    if (this.#newest?.version !== version) this.#newest = { version, log: this.#log.child({ version }) };
    return this.#newest.log;
  }
}
