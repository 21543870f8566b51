import type { Redis } from 'ioredis';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { createFunction } from '#lib/functions/create-function';
import { neverRun } from '#lib/functions/state-of';
import { liveMessage } from '#lib/keys';
import type { Failure, FunctionState } from '#lib/schemas/function';

const ADMIN: Caller = { uid: 0, name: 'admin', role: 'admin', via: 'session', credentialId: null };

export type Seed = {
  name: string;
  /** Over what a function has that runs well, every five seconds. */
  state?: Partial<FunctionState>;
  /** How long it has been running, and until how long ago. */
  forMs?: number;
  untilMs?: number;
  /** The result, or the message of the failure, of one tick. */
  tick?: (index: number) => Record<string, unknown> | string;
};

/** Functions as if a runtime had run them for a while: none does, so that they stay as they are. */
export async function seedFunctions(ctx: Context, seeds: readonly Seed[]): Promise<void> {
  for (const seed of seeds) await seedFunction(ctx, seed);
}

async function seedFunction(ctx: Context, { name, state = {}, forMs = 900_000, untilMs = 0, tick = wave }: Seed) {
  const { redis, keys } = ctx;
  const record = await createFunction(ctx, ADMIN, {
    name,
    settings: { inputKey: 'metrics', outputKey: `${name}-out` },
  });
  const base = neverRun(record);
  const periodMs = state.periodMs ?? base.periodMs;
  const until = Date.now() - untilMs;
  const count = Math.floor(forMs / periodMs);
  const batch = redis.pipeline();
  for (let index = 0; index < count; index++) {
    const at = until - (count - 1 - index) * periodMs;
    addTick(batch, keys.history(name), at, tick(index), state.failure?.kind);
  }
  const written = { ...base, status: 'running', versionNumber: 1, lastTickAt: until, ...state };
  batch.set(keys.functionState(name), JSON.stringify(written));
  batch.set(keys.lease(name), '1 {}');
  await batch.exec();
}

/** One tick more, written and told as its runtime would. */
export async function addTickNow(ctx: Context, name: string, result: Record<string, unknown>): Promise<void> {
  const { redis, keys } = ctx;
  const at = Date.now();
  const batch = redis.pipeline();
  addTick(batch, keys.history(name), at, result);
  const [written] = (await batch.exec()) ?? [];
  const entry = { inputAt: at - 2, tookMs: 1.9, lagMs: 0.4, version: 'abc1234', result: JSON.stringify(result) };
  await redis.publish(keys.live(name), `${liveMessage.result} ${written?.[1]}\n${JSON.stringify(entry)}`);
}

function addTick(
  batch: ReturnType<Redis['pipeline']>,
  key: string,
  at: number,
  outcome: Record<string, unknown> | string,
  kind: Failure['kind'] = 'invocation',
) {
  const said =
    typeof outcome === 'string' ? ['e', JSON.stringify({ kind, message: outcome })] : ['r', JSON.stringify(outcome)];
  batch.xadd(key, `${at}-*`, 'i', `${at - 2}`, 'd', '1.9', 'l', '0.4', 'v', 'abc1234', ...said);
}

function wave(index: number) {
  return { load: Number((40 + 25 * Math.sin(index / 9) + 5 * Math.sin(index * 1.7)).toFixed(2)) };
}
