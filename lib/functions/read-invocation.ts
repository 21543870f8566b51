import { asAdmin } from '#lib/auth/as-admin';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { withRedis } from '#lib/redis';
import type { HistoryEntry } from '#lib/schemas/history';
import type { Invocation } from '#lib/schemas/invocation';
import { readEntry } from './history-entries.ts';
import { keptTextOf, parseRecord, parseTexts } from './invocation-entries.ts';
import { readRecord } from './records.ts';

/** All that is kept of one invocation, for admins; `not_found` when that is nothing. */
export async function readInvocation(
  ctx: Context,
  caller: Caller | null,
  { name, id }: { name: string; id: string },
): Promise<Invocation> {
  asAdmin(caller);
  await readRecord(ctx, name);
  const { redis, keys } = ctx;
  const [[record], [texts], entry] = await withRedis(() =>
    Promise.all([
      redis.xrange(keys.invocations(name), id, id),
      redis.xrange(keys.invocationTexts(name), id, id),
      readEntry(ctx, name, id),
    ]),
  );
  const result = entry?.result === undefined ? null : keptTextOf(entry.result);
  if (record !== undefined) {
    const kept = texts === undefined ? { input: null, result } : parseTexts(texts[1]);
    return { ...parseRecord(id, record[1]), ...kept, isComplete: true };
  }
  if (entry === null) throw new VigiaError('not_found', `Nothing is kept of invocation ${id} of ${name}`);
  return { ...fromHistory(entry), input: null, result };
}

/** An invocation whose record is not written yet, was lost when the runtime was killed, or is too old. */
function fromHistory(entry: HistoryEntry): Omit<Invocation, 'input' | 'result'> {
  const { id, at, lagMs, tookMs, version, failure } = entry;
  return {
    id,
    startedAt: Math.round(at - tookMs),
    lagMs,
    tookMs,
    version,
    outcome: failure === undefined ? 'result' : 'failed',
    ...(failure === undefined ? {} : { failure }),
    lines: 0,
    log: [],
    linesLeftOut: 0,
    isComplete: false,
  };
}
