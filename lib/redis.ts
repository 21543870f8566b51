import { Redis, type RedisOptions } from 'ioredis';
import { ConfigError } from './config.ts';
import { VigiaError } from './errors.ts';
import type { Log } from './log.ts';
import { type RedisAddress, urlOf } from './redis-address.ts';
import { connectionOptions } from './redis-connection.ts';
import { mistakeOf, whyUnavailable } from './redis-failure.ts';
import { refusalOf } from './redis-refusals.ts';

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
export function createCommandClient(address: RedisAddress, name: string, log: Log): Redis {
  return watched(
    batched(
      createClient(address, {
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
    address,
    log,
  );
}

/** A client for subscriptions: it waits for Redis as long as it takes, and subscribes again by itself. */
export function createSubscriber(address: RedisAddress, name: string, log: Log): Redis {
  return watched(
    createClient(address, {
      ...shared,
      connectionName: `vigia-${name}-sub`,
      maxRetriesPerRequest: null,
      autoResubscribe: true,
    }),
    address,
    log,
  );
}

/**
 * A client for a queue's worker: it waits for Redis as long as it takes. It connects by itself, as a queue that connects it gives
 * up for good when Redis is not there at first.
 */
export function createQueueClient(address: RedisAddress, name: string, log: Log): Redis {
  return watched(
    createClient(address, {
      ...shared,
      connectionName: `vigia-${name}-queue`,
      maxRetriesPerRequest: null,
      lazyConnect: false,
    }),
    address,
    log,
  );
}

function createClient(address: RedisAddress, options: RedisOptions): Redis {
  const own = { ...options, ...connectionOptions(address) };
  return own.path === undefined ? new Redis(urlOf(address), own) : new Redis(own);
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

const AWAY = 'Redis does not answer; trying again until it does';

/** Why it was refused when it was last told to connect, of clients whose caller says it. */
const refusals = new WeakMap<Redis, string | null>();

/** Says once when Redis goes, or refuses us, and once when it comes back, instead of once a try. */
function watched(redis: Redis, address: RedisAddress, log: Log): Redis {
  let said: string | null = null;
  let tries = 0;
  const say = (reason: string, what: string) => {
    if (what !== said) log.error({ reason }, what);
    said = what;
  };
  redis.on('error', (error: Error) => {
    const refusal = refusalOf(error, address);
    if (refusal !== null && refusals.has(redis)) refusals.set(redis, refusal);
    else say(error.message, refusal ?? AWAY);
  });
  // A connection may also end without an error, again and again.
  redis.on('reconnecting', () => {
    tries += 1;
    if (tries > 1 && said === null) say('it hangs up', AWAY);
  });
  redis.on('ready', () => {
    if (said !== null) log.info('Redis answers again');
    said = null;
    tries = 0;
  });
  return redis;
}

/** Connects, and stays trying in the background when Redis is not there yet. */
export async function connect(redis: Redis): Promise<void> {
  await redis.connect().catch(() => {
    // The 'error' listener has said so, and the client goes on trying.
  });
}

/**
 * The same for a role that starts: throws a {@link ConfigError} when Redis is there and will never let us in as this is
 * configured. Later on that is waited for: it was good once, and whoever changed it may change it back.
 */
export async function connectAtStart(redis: Redis): Promise<void> {
  refusals.set(redis, null);
  await connect(redis);
  const refusal = refusals.get(redis) ?? null;
  refusals.delete(redis);
  if (refusal !== null) throw new ConfigError([refusal]);
}

/**
 * Runs one read or write. Redis being away, or not able to, becomes `unavailable` with the original as its cause; our own
 * mistakes stay what they are.
 */
export async function withRedis<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof VigiaError) throw error;
    const reason = whyUnavailable(error);
    if (reason === null) throw mistakeOf(error);
    throw new VigiaError('unavailable', reason, { cause: error });
  }
}
