import type { Failure } from '#lib/schemas/function';
import type { Deployment } from './archive-keeper.ts';
import { partsOf } from './code/locate-entry.ts';
import { type Code, type Definition, declaredFunction, singleFile } from './definition.ts';
import { LOAD_MS } from './host-keeper.ts';
import { orderFor } from './host-order.ts';
import type { StartHost } from './hosts/host.ts';
import { firstThis, loadHost, Prints } from './loaded-host.ts';
import { type Machinery, startFunction } from './start-function.ts';

/**
 * What runs for a function whose code is an archive: its newest version that loads, until there is one the mounted single
 * file, and without that nothing but a state that says why.
 */
export class ArchiveDeployment implements Deployment, AsyncDisposable {
  readonly #label: string;
  readonly #machinery: Machinery;
  #running: AsyncDisposable | null = null;
  /** What stands in for the archive. */
  #standIn: string | null = null;

  constructor(label: string, machinery: Machinery) {
    this.#label = label;
    this.#machinery = machinery;
  }

  async deploy(code: Code, signal: AbortSignal): Promise<Failure | null> {
    const { ctx, startHost } = this.#machinery;
    const definition = declaredFunction(ctx.config, code);
    const log = ctx.log.child({ function: definition.name });
    const prints = new Prints((stream, line) => log.info({ stream }, line));
    const order = orderFor(definition, (stream, line) => prints.to(stream, line));
    const loaded = await loadHost(startHost, order, LOAD_MS, signal);
    if ('failure' in loaded) return loaded.failure;
    try {
      await this.#replace(definition, firstThis(loaded.host, prints, startHost), null);
    } catch (error) {
      await loaded.host[Symbol.asyncDispose]();
      throw error;
    }
    return null;
  }

  async runWithout({ message }: Failure): Promise<void> {
    const { ctx, startHost } = this.#machinery;
    const single = await singleFile(ctx.config);
    const standIn = single?.path ?? message;
    if (standIn === this.#standIn) return;
    if (single !== null) {
      ctx.log.warn(`${single.source} runs instead of ${this.#label}`);
      // The setting may name a module of the archive; in the file only the function itself can be found.
      const handler = partsOf(single.handler).name;
      return await this.#replace(declaredFunction(ctx.config, { ...single, handler }), startHost, standIn);
    }
    const reason = new Error(`${this.#label} cannot be used: ${message}`);
    await this.#replace(this.#nothing(), () => Promise.reject(reason), standIn);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#running?.[Symbol.asyncDispose]();
    this.#running = null;
  }

  /** Ends what runs and starts another version in its place, with the `env` of the last one's newest snapshot. */
  async #replace(definition: Definition, startHost: StartHost, standIn: string | null): Promise<void> {
    await this[Symbol.asyncDispose]();
    this.#standIn = null;
    this.#running = await startFunction(definition, { ...this.#machinery, startHost });
    this.#standIn = standIn;
  }

  /** No code: people see the function and why it does not run, and its output key is left alone. */
  #nothing(): Definition {
    const { config } = this.#machinery.ctx;
    const { language = 'python', handler } = config.function;
    return declaredFunction(config, { language, handler, source: this.#label, path: '', version: 'none' });
  }
}
