import { Redis } from 'ioredis';
import type { Caller } from '#lib/auth/caller';
import { type Context, createContext } from '#lib/context';
import type { FunctionRecord } from '#lib/schemas/record';
import { roleSuite } from '../../e2e/support/role-suite.ts';
import type { Handed } from './deploy-code.ts';
import { acquireLease, type Holder, type Lease } from './lease.ts';
import { recordInvocation } from './record-invocation.ts';
import { neverRun } from './state-of.ts';

export const admin: Caller = { uid: 0, name: 'admin', role: 'admin', via: 'session', credentialId: null };
export const anna: Caller = { ...admin, uid: 7, name: 'anna', role: 'user' };

export const python = (text: string): Handed => ({ kind: 'file', language: 'python', text });

export const holderOf = (instance: string): Holder => ({ instance, host: 'test', pid: 1, place: '' });

/** A Redis for the suite, and for each call a registry of its own in it. */
export function registrySuite() {
  const suite = roleSuite();
  const connected = async () => {
    const retryStrategy = () => null;
    const options = { retryStrategy, maxRetriesPerRequest: 0, enableOfflineQueue: false, lazyConnect: true };
    const redis = new Redis(suite.redisUrl, options);
    redis.on('error', () => {});
    await redis.connect();
    suite.open.push({ [Symbol.asyncDispose]: async () => redis.disconnect() });
    return redis;
  };
  return {
    open(settings: Record<string, string> = {}): Context {
      const { under } = suite.surroundings(settings);
      return createContext(under.config, under.redis, under.log);
    },
    /** The same registry through a connection that dies after so many commands. */
    async dying(ctx: Context, commands: number): Promise<Context> {
      const redis = await connected();
      const send = redis.sendCommand.bind(redis);
      let left = commands;
      redis.sendCommand = (command, stream) => {
        if (left-- <= 0) redis.disconnect();
        return send(command, stream);
      };
      return { ...ctx, redis };
    },
    /** The same registry through a connection on which something else comes in between, after so many commands. */
    async interrupted(ctx: Context, commands: number, between: () => Promise<unknown>): Promise<Context> {
      const redis = await connected();
      const send = redis.sendCommand.bind(redis);
      let left = commands;
      redis.sendCommand = (command, stream) => {
        if (left-- !== 0) return send(command, stream);
        void between().finally(() => send(command, stream));
        return command.promise;
      };
      return { ...ctx, redis };
    },
  };
}

/** Everything that Redis holds of this registry, byte for byte. */
export async function dumpOf({ redis, config }: Context): Promise<Map<string, string>> {
  const names = (await redis.keys(`${config.redis.keyPrefix}*`)).sort();
  const dumps = await Promise.all(names.map((name) => redis.dumpBuffer(name)));
  return new Map(names.map((name, index) => [name, dumps[index]?.toString('base64') ?? '']));
}

/** The keys of one function, with how long they stay in ms; -1 is for good. */
export async function lifetimesOf({ redis, config }: Context, name: string): Promise<Map<string, number>> {
  const start = `${config.redis.keyPrefix}{${name}}`;
  const names = (await redis.keys(`${config.redis.keyPrefix}*`)).filter((key) => key.startsWith(start));
  const left = await Promise.all(names.map((key) => redis.pttl(key)));
  return new Map(names.map((key, index) => [key.slice(start.length + 1), left[index] ?? 0]));
}

export async function leaseOf(ctx: Context, name: string, instance: string, last = 0): Promise<Lease> {
  const answer = await acquireLease(ctx, name, holderOf(instance), { last });
  if ('heldBy' in answer) throw new Error(`held by ${answer.heldBy}`);
  return answer.lease;
}

/** One good invocation, as the runtime that holds this lease writes it. */
export async function invoke(ctx: Context, record: FunctionRecord, lease: Lease, versionNumber = 1): Promise<string> {
  const state = { ...neverRun(record), status: 'running' as const, versionNumber };
  const entry = { inputAt: 1, tookMs: 1, lagMs: 0, version: 'abc', result: '{"a":1.0}' };
  return await recordInvocation(ctx, { state, lease: lease.text, announce: true, entry, env: '{"n":1}' });
}
