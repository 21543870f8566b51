import type { IncomingMessage, ServerResponse } from 'node:http';
import { Gauge, type Registry } from '@prometheus-io/client';
import { authenticate } from '#lib/auth/authenticate';
import { requestFacts } from '#lib/auth/request-facts';
import type { Context } from '#lib/context';
import { sendMetrics, sendNoScraping } from '#runtime/observe/answers';
import { bearsMetricsToken, isScrapedByAll } from '#runtime/observe/may-scrape';
import { processRegistry } from '#runtime/observe/process-metrics';
import { FunctionGauges } from './function-gauges.ts';
import { takeReadings } from './readings.ts';
import { WholeGauges } from './whole-gauges.ts';

/** However many ask, Redis is asked this often. */
const FRESH_MS = 1_000;

/** `/metrics` of the front door: this process, and what Redis knows of all the others. */
export class MetricsDoor {
  readonly #ctx: Context;
  readonly #registry: Registry;
  readonly #functions: FunctionGauges;
  readonly #whole: WholeGauges;
  #reading: Promise<void> | null = null;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(ctx: Context, hub: { readonly viewers: number }) {
    this.#ctx = ctx;
    this.#registry = processRegistry('web');
    this.#functions = new FunctionGauges(this.#registry, ctx.config.metrics.series);
    this.#whole = new WholeGauges(this.#registry);
    new Gauge({
      name: 'vigia_live_viewers',
      help: 'Live feeds that are open in this process.',
      registers: [this.#registry],
      collect() {
        this.set(hub.viewers);
      },
    });
  }

  async serve({ headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!(await this.#mayScrape(headers))) return sendNoScraping(response);
    await this.#refresh();
    await sendMetrics(this.#registry, response);
  }

  /** Whoever is signed in, or has an API token, may read the dashboard and so its numbers. */
  async #mayScrape(headers: IncomingMessage['headers']): Promise<boolean> {
    const { config } = this.#ctx;
    if (isScrapedByAll(config) || bearsMetricsToken(config, headers.authorization)) return true;
    const facts = requestFacts(config, (name) => headers[name]?.toString());
    return (await authenticate(this.#ctx, facts)) !== null;
  }

  async #refresh(): Promise<void> {
    if (performance.now() - this.#readAt < FRESH_MS) return;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    await this.#reading;
  }

  async #read(): Promise<void> {
    const readings = await takeReadings(this.#ctx);
    this.#whole.show(readings);
    this.#functions.show(readings?.functions ?? []);
    this.#readAt = performance.now();
  }
}
