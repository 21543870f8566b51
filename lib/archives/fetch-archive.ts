import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { messageOf } from '#lib/errors';
import { type Allowance, addressRule, bareHost } from './address-rules.ts';
import { bounds } from './check-archive.ts';
import { checkedLookup, type Resolve, systemResolve } from './checked-lookup.ts';
import { RefusedAddress } from './refused-address.ts';

export const fetchLimits = { bytes: bounds.archiveBytes, idleMs: 10_000, totalMs: 60_000, redirects: 5 };

export type FetchOptions = {
  allowed: Allowance;
  /** Of the copy that is known already. */
  etag?: string | undefined;
  signal?: AbortSignal;
  limits?: typeof fetchLimits;
  resolve?: Resolve;
};

/** `refused`: the address is not one that may be asked, and no connection to it was made. */
export type Fetched =
  | { kind: 'fetched'; bytes: Buffer; etag: string | undefined }
  | { kind: 'unchanged' }
  | { kind: 'refused'; rule: string }
  | { kind: 'failed'; reason: string };

/** Downloads an archive over http or https. Proxies of the environment are not used: they would resolve names themselves. */
export async function fetchArchive(address: string, options: FetchOptions): Promise<Fetched> {
  const limits = options.limits ?? fetchLimits;
  const total = new AbortController();
  const timer = setTimeout(() => total.abort(new Error(`not done after ${limits.totalMs / 1000} s`)), limits.totalMs);
  const signal = options.signal === undefined ? total.signal : AbortSignal.any([options.signal, total.signal]);
  try {
    return await follow(address, { ...options, limits, signal });
  } catch (error) {
    const cause = signal.aborted ? signal.reason : error;
    if (cause instanceof RefusedAddress) return { kind: 'refused', rule: cause.message };
    // When every address of a host fails, Node has one error for each.
    const first = cause instanceof AggregateError ? cause.errors[0] : cause;
    return { kind: 'failed', reason: messageOf(first) };
  } finally {
    clearTimeout(timer);
  }
}

type Hop = FetchOptions & { limits: typeof fetchLimits; signal: AbortSignal };

async function follow(address: string, options: Hop): Promise<Fetched> {
  let url = checkedUrl(address, options.allowed);
  for (let hops = 0; hops <= options.limits.redirects; hops++) {
    const next = await ask(url, options);
    if (!(next instanceof URL)) return next;
    url = next;
  }
  throw new Error(`more than ${options.limits.redirects} redirects`);
}

/** One hop: what came, or where it is said to be, which is checked like the first address. */
async function ask(url: URL, options: Hop): Promise<Fetched | URL> {
  const idle = new IdleTimer(options.limits.idleMs, options.signal);
  let response: IncomingMessage | null = null;
  try {
    response = await request(url, options, idle);
    return redirectOf(response, url, options.allowed) ?? (await answerOf(response, options, idle));
  } catch (error) {
    throw idle.signal.aborted ? idle.signal.reason : error;
  } finally {
    idle.stop();
    response?.destroy();
  }
}

/**
 * Parsed first and judged then: the parser makes 127.0.0.1 of 2130706433, 0x7f.1 and 017700000001. Node asks no lookup
 * about addresses, so they are judged here; names are judged when they are resolved.
 */
function checkedUrl(address: string, allowed: Allowance, from?: URL): URL {
  const url = URL.parse(address, from);
  if (url === null) throw new RefusedAddress('not a URL');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new RefusedAddress(`${url.protocol} is not accepted, only https: and http:`);
  }
  if (from?.protocol === 'https:' && url.protocol === 'http:')
    throw new RefusedAddress('a redirect from https to http');
  if (url.username !== '' || url.password !== '') throw new RefusedAddress('a user name or password in the URL');
  const host = bareHost(url.hostname);
  const rule = isIP(host) === 0 ? null : addressRule(host, host, allowed);
  if (rule !== null) throw new RefusedAddress(rule);
  return url;
}

function request(url: URL, { allowed, etag, resolve }: Hop, idle: IdleTimer): Promise<IncomingMessage> {
  const { Agent, request: send } = url.protocol === 'https:' ? https : http;
  const options: RequestOptions = {
    // An agent of its own: the global one may be told to use a proxy.
    agent: new Agent({ keepAlive: false }),
    lookup: checkedLookup(allowed, resolve ?? systemResolve),
    signal: idle.signal,
    headers: {
      accept: 'application/zip, application/octet-stream, */*',
      'accept-encoding': 'identity',
      'user-agent': 'vigia',
      ...(etag === undefined ? {} : { 'if-none-match': etag }),
    },
  };
  return new Promise((done, fail) => send(url, options, done).on('error', fail).end());
}

const REDIRECTS = [301, 302, 303, 307, 308];

function redirectOf(response: IncomingMessage, url: URL, allowed: Allowance): URL | null {
  const { statusCode = 0, headers } = response;
  if (!REDIRECTS.includes(statusCode)) return null;
  if (headers.location === undefined) throw new Error(`HTTP ${statusCode} without a location`);
  return checkedUrl(headers.location, allowed, url);
}

async function answerOf(response: IncomingMessage, { limits, etag }: Hop, idle: IdleTimer): Promise<Fetched> {
  const { statusCode, headers } = response;
  if (statusCode === 304 && etag !== undefined) return { kind: 'unchanged' };
  if (statusCode !== 200) throw new Error(`HTTP ${statusCode}`);
  const tooLarge = new Error(`larger than ${limits.bytes / 1024 / 1024} MiB`);
  if (Number(headers['content-length'] ?? 0) > limits.bytes) throw tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  idle.touch();
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > limits.bytes) throw tooLarge;
    chunks.push(chunk);
    idle.touch();
  }
  if (!response.complete) throw new Error('cut off before its end');
  return { kind: 'fetched', bytes: Buffer.concat(chunks, size), etag: headers.etag };
}

/** Aborts when nothing has come for a while. */
class IdleTimer {
  readonly signal: AbortSignal;
  readonly #idle = new AbortController();
  readonly #timer: NodeJS.Timeout;

  constructor(idleMs: number, outer: AbortSignal) {
    this.signal = AbortSignal.any([outer, this.#idle.signal]);
    this.#timer = setTimeout(() => this.#idle.abort(new Error(`nothing came for ${idleMs / 1000} s`)), idleMs);
  }

  touch(): void {
    this.#timer.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
