import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Registry } from '@prometheus-io/client';
import type { Config } from '#lib/config';
import type { Log } from '#lib/log';
import { listen } from '#runtime/listen';
import { sendAlive, sendJson, sendMetrics, sendNoScraping } from './answers.ts';
import { bearsMetricsToken, isScrapedByAll } from './may-scrape.ts';

/** Whether a role can do its work, and what there is to say about it. */
type Readiness = { ready: boolean; about: Record<string, unknown> };

/** `/livez`, `/readyz` and `/metrics` of a role that serves nothing else. */
export class HealthDoor implements AsyncDisposable {
  /** What `/metrics` shows. */
  readonly registry: Registry;
  readonly #config: Config;
  readonly #server: Server;
  #readiness: (() => Promise<Readiness>) | null = null;
  #stopping = false;

  /** Null without HEALTH_PORT: then nobody can ask, and neither is anything counted nor the library for it loaded. */
  static async open(config: Config, log: Log, role: string): Promise<HealthDoor | null> {
    if (config.health.port === undefined) return null;
    const { processRegistry } = await import('./process-metrics.ts');
    const door = new HealthDoor(config, processRegistry(role));
    await listen(door.#server, config.web.host, config.health.port, 'HEALTH_PORT');
    log.info({ address: door.#server.address() }, 'answering health checks');
    return door;
  }

  private constructor(config: Config, registry: Registry) {
    this.#config = config;
    this.registry = registry;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  /** The role has started; from now on this says whether it is ready. */
  started(readiness: () => Promise<Readiness>): void {
    this.#readiness = readiness;
  }

  /** The role ends: nobody should count on it any more. */
  stopping(): void {
    this.#stopping = true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer({ url, headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    if (url === '/livez') sendAlive(response);
    else if (url === '/readyz') await this.#sayWhetherReady(response);
    else if (url !== '/metrics')
      sendJson(response, 404, { status: 404, detail: 'Here are /livez, /readyz and /metrics' });
    else if (isScrapedByAll(this.#config) || bearsMetricsToken(this.#config, headers.authorization))
      await sendMetrics(this.registry, response);
    else sendNoScraping(response);
  }

  async #sayWhetherReady(response: ServerResponse): Promise<void> {
    if (this.#stopping) return sendJson(response, 503, { status: 'stopping' });
    if (this.#readiness === null) return sendJson(response, 503, { status: 'starting' });
    const { ready, about } = await this.#readiness();
    sendJson(response, ready ? 200 : 503, { status: ready ? 'ok' : 'not ready', ...about });
  }
}
