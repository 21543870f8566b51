import type * as z from 'zod';
import { EXIT } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { isTimeout, parseJson, refusalOf, unreachable } from './refusal.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

type Query = Record<string, string | number | undefined>;

type Sent = {
  query?: Query;
  json?: unknown;
  archive?: Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
};

/** For one answer: longer than anything takes that the API waits for. */
const PATIENCE_MS = 60_000;

/** A Vigia over HTTP, asked in somebody's name. */
export class ApiClient {
  readonly server: string;
  readonly #authorization: string | undefined;

  /** The server as an origin. */
  constructor(server: string, authorization: string | undefined) {
    this.server = server;
    this.#authorization = authorization;
  }

  /** Asks the API, and gives back its answer as the schema has it. */
  async call<S extends z.ZodType>(method: Method, path: string, answer: S, sent: Sent = {}): Promise<z.output<S>> {
    const response = await this.#send(method, `/api/v1${path}`, sent, AbortSignal.timeout(PATIENCE_MS));
    const text = await this.#read(response);
    const parsed = answer.safeParse(text === '' ? null : parseJson(text));
    if (parsed.success) return parsed.data;
    throw new Failure(EXIT.broken, `The answer of ${this.server} is not understood: is it another version of Vigia?`, {
      cause: parsed.error,
    });
  }

  /** Opens a stream of events. */
  async open(path: string, lastEventId: string | undefined, signal: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId };
    return await this.#send('GET', path, { headers: { Accept: 'text/event-stream', ...headers } }, signal);
  }

  async #send(method: Method, path: string, sent: Sent, signal: AbortSignal): Promise<Response> {
    const { query = {}, json, archive, headers = {} } = sent;
    const url = new URL(path, this.server);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, `${value}`);
    const response = await fetch(url, {
      method,
      signal,
      // A token goes to the server that it is for, wherever that one points.
      redirect: 'manual',
      headers: {
        Accept: 'application/json',
        ...(this.#authorization === undefined ? {} : { Authorization: this.#authorization }),
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(archive === undefined ? {} : { 'Content-Type': 'application/zip' }),
        ...headers,
      },
      body: json === undefined ? (archive ?? null) : JSON.stringify(json),
    }).catch((error: unknown) => {
      if (signal.aborted && !isTimeout(signal.reason)) throw signal.reason;
      throw unreachable(error, this.server);
    });
    if (response.ok) return response;
    throw await refusalOf(response, this.server);
  }

  async #read(response: Response): Promise<string> {
    try {
      return await response.text();
    } catch (error) {
      throw unreachable(error, this.server);
    }
  }
}

/** Basic credentials (RFC 7617), in UTF-8. */
export function basic(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`, 'utf8').toString('base64')}`;
}
