import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from '@prometheus-io/client';
import type { Config } from '#lib/config';
import type { Log } from '#lib/log';
import { sendAlive, sendJson, sendMetrics, sendNoScraping } from './answers.ts';
import { bearsMetricsToken, isScrapedByAll } from './may-scrape.ts';

/** Whether a role can do its work, and what there is to say about it. */
export type Readiness = { ready: boolean; about: Record<string, unknown> };

/**
 * `/livez`, `/readyz` and `/metrics` of a role that serves nothing else. Without HEALTH_PORT nothing is opened, and nothing
 * that is only for it need be counted.
 */
export class HealthDoor implements AsyncDisposable {
  readonly #config: Config;
  readonly #registry: Registry;
  readonly #server: Server | null;
  #readiness: (() => Promise<Readiness>) | null = null;
  #stopping = false;

  static async open(config: Config, log: Log, registry: Registry): Promise<HealthDoor> {
    const door = new HealthDoor(config, registry);
    if (door.#server === null) return door;
    door.#server.listen(config.health.port, config.web.host);
    await once(door.#server, 'listening');
    log.info({ address: door.#server.address() }, 'answering health checks');
    return door;
  }

  private constructor(config: Config, registry: Registry) {
    this.#config = config;
    this.#registry = registry;
    this.#server =
      config.health.port === undefined
        ? null
        : createServer((request, response) => void this.#answer(request, response));
  }

  /** Null while nobody can ask. */
  get port(): number | null {
    const address = this.#server?.address();
    return isAddress(address) ? address.port : null;
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
    if (this.#server === null) return;
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
      await sendMetrics(this.#registry, response);
    else sendNoScraping(response);
  }

  async #sayWhetherReady(response: ServerResponse): Promise<void> {
    if (this.#stopping) return sendJson(response, 503, { status: 'stopping' });
    if (this.#readiness === null) return sendJson(response, 503, { status: 'starting' });
    const { ready, about } = await this.#readiness();
    sendJson(response, ready ? 200 : 503, { status: ready ? 'ok' : 'not ready', ...about });
  }
}

function isAddress(address: string | AddressInfo | null | undefined): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
