import { Redis, type RedisOptions } from 'ioredis';
import { VigiaError } from './errors.ts';
import type { Log } from './log.ts';

/** What a role that is started alone talks to when nobody says otherwise. */
export const DEFAULT_URL = 'redis://127.0.0.1:6379';

/** Redis answers again within two seconds of its return, so no wait between two tries is longer than half of that. */
const retryStrategy = (attempt: number) => Math.min(50 * 2 ** Math.min(attempt, 5), 1_000);

const COMMAND_MS = 1_000;
/**
 * A connection on which commands wait and nothing comes is given up: a Redis that is stopped keeps its connections open, and
 * the client keeps each command that it has sent until the answer comes.
 */
const SILENCE_MS = 1_250;

const shared = {
  retryStrategy,
  connectTimeout: 2_000,
  lazyConnect: true,
  enableReadyCheck: true,
} satisfies RedisOptions;

/**
 * A client for commands that must answer or fail within a second. It never queues while Redis is away, so an outage
 * costs no memory.
 */
export function createCommandClient(url: string, name: string, log: Log): Redis {
  return watched(
    batched(
      createClient(url, {
        ...shared,
        connectionName: `vigia-${name}`,
        commandTimeout: COMMAND_MS,
        socketTimeout: SILENCE_MS,
        // Nobody waits for a command of the last connection any more, and a write could be done twice.
        maxRetriesPerRequest: 0,
        autoResendUnfulfilledCommands: false,
        enableOfflineQueue: false,
      }),
    ),
    log,
  );
}

/** A client for subscriptions: it waits for Redis as long as it takes, and subscribes again by itself. */
export function createSubscriber(url: string, name: string, log: Log): Redis {
  return watched(
    createClient(url, {
      ...shared,
      connectionName: `vigia-${name}-sub`,
      maxRetriesPerRequest: null,
      autoResubscribe: true,
    }),
    log,
  );
}

/**
 * A client for a queue's worker: it waits for Redis as long as it takes. It connects by itself, as a queue that connects it gives
 * up for good when Redis is not there at first.
 */
export function createQueueClient(url: string, name: string, log: Log): Redis {
  return watched(
    createClient(url, {
      ...shared,
      connectionName: `vigia-${name}-queue`,
      maxRetriesPerRequest: null,
      lazyConnect: false,
    }),
    log,
  );
}

function createClient(url: string, options: RedisOptions): Redis {
  return url.startsWith('unix://')
    ? new Redis({ ...options, path: url.slice('unix://'.length) })
    : new Redis(url, options);
}

/**
 * Sends what is asked for in one turn of the event loop in one write, such as the reads of all functions that are due.
 * The client's own automatic pipelines do the same, at several times the cost for a single command.
 */
function batched(redis: Redis): Redis {
  const send = redis.sendCommand.bind(redis);
  let corked = false;
  redis.sendCommand = (command, stream) => {
    const socket = redis.stream;
    if (!corked && socket !== undefined) {
      corked = true;
      socket.cork();
      process.nextTick(() => {
        corked = false;
        socket.uncork();
      });
    }
    return send(command, stream);
  };
  return redis;
}

/** Says once when Redis goes and once when it comes back, instead of once a try. */
function watched(redis: Redis, log: Log): Redis {
  let away = false;
  redis.on('error', (error: Error) => {
    if (away) return;
    away = true;
    log.error({ reason: error.message }, 'Redis does not answer; trying again until it does');
  });
  redis.on('ready', () => {
    if (away) log.info('Redis answers again');
    away = false;
  });
  return redis;
}

/** Connects, and stays trying in the background when Redis is not there yet. */
export async function connect(redis: Redis): Promise<void> {
  await redis.connect().catch(() => {
    // The 'error' listener has said so, and the client goes on trying.
  });
}

/** Runs one read or write; any failure of Redis becomes `unavailable`, with the original as its cause. */
export async function withRedis<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof VigiaError) throw error;
    throw new VigiaError('unavailable', 'Redis does not answer', { cause: error });
  }
}

/** Host and port as a function's context shows them. */
export function addressOf(url: string): { host: string; port: number } {
  if (url.startsWith('unix://')) return { host: url.slice('unix://'.length), port: 0 };
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 6379 : Number(port) };
}
