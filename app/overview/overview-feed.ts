import type { Overview } from '#lib/schemas/overview';
import { isOverview } from './guard.ts';
import { mergeOverview } from './merge-overview.ts';

const EVERY_MS = 2_000;
const PATIENCE_MS = 8_000;

/** Why nothing new comes, and since when by this machine's clock; null for as long as the page is there. */
export type Outage = { reason: 'redis' | 'connection'; since: number | null };

/** What the page knows: `overview` is the last that was read, `outage` why it is old. */
export type Reading = { overview: Overview | null; outage: Outage | null };

/** What is read: an address of the API, and how far back its curves go. */
export type Asked = { url: string; rangeMs: number };

/**
 * The overview as it is now: read every two seconds, with the curves only from where they are known. What was read last
 * stays while nothing can be read.
 */
export class OverviewFeed {
  #asked: Asked;
  #reading: Reading;
  /** Whether what is known answers what is asked, so that only what is new needs to be read. */
  #isWhole: boolean;
  #wake = () => {};
  readonly #listeners = new Set<() => void>();

  /** `first` came with the page; null while Redis was away. */
  constructor(asked: Asked, first: Overview | null) {
    this.#asked = asked;
    this.#isWhole = first !== null;
    this.#reading = { overview: first, outage: first === null ? { reason: 'redis', since: null } : null };
  }

  get reading(): Reading {
    return this.#reading;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Another page, filter or order; without its first reading it is read at once. */
  show(asked: Asked, first: Overview | null): void {
    if (asked.url === this.#asked.url && (first === null || first === this.#reading.overview)) return;
    this.#asked = asked;
    this.#isWhole = first !== null;
    if (first !== null) this.#set({ overview: first, outage: null });
    else this.#wake();
  }

  /** Reads on until it is stopped; a page that nobody sees rests unless it hangs on a wall. */
  async follow(signal: AbortSignal, mayRest: boolean): Promise<void> {
    const wake = () => this.#wake();
    document.addEventListener('visibilitychange', wake, { signal });
    window.addEventListener('online', wake, { signal });
    signal.addEventListener('abort', wake, { once: true });
    while (!signal.aborted) {
      await this.#pause();
      if (signal.aborted || (mayRest && document.visibilityState === 'hidden')) continue;
      await this.#readNext(signal);
    }
  }

  async #readNext(signal: AbortSignal): Promise<void> {
    const asked = this.#asked;
    const next = await this.#next(asked).catch((error: unknown): Reading => {
      const { overview, outage } = this.#reading;
      const reason = error instanceof RedisAway ? 'redis' : 'connection';
      return { overview, outage: outage?.reason === reason ? outage : { reason, since: Date.now() } };
    });
    if (signal.aborted) return;
    // Something else was asked for meanwhile.
    if (asked !== this.#asked) return await this.#readNext(signal);
    this.#isWhole = next.outage === null;
    this.#set(next);
  }

  async #next({ url, rangeMs }: Asked): Promise<Reading> {
    const { overview: known } = this.#reading;
    if (known === null || !this.#isWhole) return { overview: await read(url), outage: null };
    const fresh = await read(`${url}&since=${Math.floor(known.now)}`);
    return { overview: mergeOverview(known, fresh, rangeMs) ?? (await read(url)), outage: null };
  }

  #set(reading: Reading): void {
    this.#reading = reading;
    for (const listener of this.#listeners) listener();
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, EVERY_MS);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

class RedisAway extends Error {}

async function read(url: string): Promise<Overview> {
  const response = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
  if (response.status === 503) throw new RedisAway();
  // Who may not read any more is led to sign in.
  if (response.status === 401) location.reload();
  const data: unknown = await response.json();
  if (!response.ok || !isOverview(data)) throw new Error(`${response.status} from ${url}`);
  return data;
}
