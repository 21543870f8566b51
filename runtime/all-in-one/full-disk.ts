import { messageOf } from '#lib/errors';
import { pause } from '#lib/lifecycle';
import type { Log } from '#lib/log';
import type { Child } from '#runtime/supervise/child';

/** How often it is looked whether there is room again. */
const LOOK_MS = 5_000;
const GIVES_UP = "Can't recover from AOF write error";

/**
 * What becomes of the embedded Redis when its disk is full. One that has every write on the disk before it acknowledges it ends
 * at the first that it cannot write. The next one is therefore started with a second's delay: it goes on being read, and says
 * that it takes no writes, until there is room.
 */
export class FullDisk {
  readonly #url: string;
  readonly #log: Log;
  #isFull = false;

  constructor(url: string, log: Log) {
    this.#url = url;
    this.#log = log;
  }

  /** When the next server is to write what it acknowledges. */
  get fsync(): 'always' | 'everysec' {
    return this.#isFull ? 'everysec' : 'always';
  }

  /** A line that a server has written. */
  heard(line: string): void {
    if (!line.includes(GIVES_UP)) return;
    this.#isFull = true;
    this.#log.error('the disk of the embedded Redis is full: what it has can be read, and nothing new is stored');
  }

  /** A server has started; once it can write, it writes at once again. */
  watch(child: Child): void {
    if (!this.#isFull) return;
    const over = new AbortController();
    void child.exited.then(() => over.abort());
    void this.#untilThereIsRoom(over.signal);
  }

  async #untilThereIsRoom(signal: AbortSignal): Promise<void> {
    // Most disks never fill up, and the client is a third of this process' memory.
    const { createCommandClient } = await import('#lib/redis');
    const redis = createCommandClient({ url: this.#url }, 'disk', this.#log);
    signal.addEventListener('abort', () => redis.disconnect(), { once: true });
    await redis.connect().catch(() => {});
    while (!signal.aborted && this.#isFull) {
      await pause(LOOK_MS, signal);
      try {
        if (!/^aof_last_write_status:ok/m.test(await redis.info('persistence'))) continue;
        await redis.config('SET', 'appendfsync', 'always');
        this.#isFull = false;
        this.#log.info('the disk of the embedded Redis has room again');
      } catch (error) {
        if (!signal.aborted) this.#log.debug({ reason: messageOf(error) }, 'the disk cannot be asked about');
      }
    }
    redis.disconnect();
  }
}
