import { randomUUID } from 'node:crypto';
import { EventEmitter, on, once } from 'node:events';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { loadConfig } from '#lib/config';
import { createContext } from '#lib/context';
import { connect, createCommandClient } from '#lib/redis';

/** Log lines that a test can wait for. */
function createHeardLog() {
  const lines: string[] = [];
  const heard = new EventEmitter();
  const log = pino(
    { level: 'debug' },
    {
      write: (line) => {
        lines.push(line);
        heard.emit('line');
      },
    },
  );
  const count = (text: string) => lines.filter((line) => line.includes(text)).length;
  return {
    log,
    count,
    async until(text: string): Promise<void> {
      while (count(text) === 0) await once(heard, 'line');
    },
  };
}

/** A context with keys of its own on a real Redis, and a subscription to what the collector announces. */
export async function createScene(url: string, env: Record<string, string> = {}) {
  const id = randomUUID();
  const key = `metrics-${id}`;
  const config = loadConfig({
    REDIS_URL: url,
    KEY_PREFIX: `test-${id}:`,
    REDIS_INPUT_KEY: key,
    COLLECT: 'on',
    COLLECT_PERIOD: '0.2',
    ...env,
  });
  const heard = createHeardLog();
  const redis = createCommandClient({ url }, 'test', heard.log);
  await connect(redis);
  const ctx = createContext(config, redis, heard.log);
  const subscriber = new Redis(url).on('error', () => {
    // A test that stops its Redis hears of it from the log.
  });
  await subscriber.subscribe(ctx.keys.inputWritten);
  return {
    ctx,
    key,
    heard,
    /** Waits for the next announcement; says what it announced and what the input key held then. */
    async nextSample(): Promise<{ announced: unknown; text: string }> {
      const [, announced] = await once(subscriber, 'message');
      return { announced, text: (await redis.get(key)) ?? '' };
    },
    /** Waits until this key is announced, whatever else is. */
    async nextSampleOf(wanted: string): Promise<string> {
      for await (const [, announced] of on(subscriber, 'message')) if (announced === wanted) return wanted;
      return '';
    },
    async [Symbol.asyncDispose]() {
      subscriber.disconnect();
      redis.disconnect();
    },
  };
}

export type Scene = Awaited<ReturnType<typeof createScene>>;

/** Each number of a sample as it is spelled. */
export function spelledNumbers(text: string): Map<string, string> {
  return new Map([...text.matchAll(/"([^"]+)": (-?[\d.e+-]+)/g)].map(([, name = '', number = '']) => [name, number]));
}
