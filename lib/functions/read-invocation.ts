import type { Caller } from '#lib/auth/caller';
import { requireReader } from '#lib/auth/require-reader';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { withRedis } from '#lib/redis';
import type { HistoryEntry } from '#lib/schemas/history';
import type { Invocation } from '#lib/schemas/invocation';
import { readEntry } from './history-entries.ts';
import { type InvocationRecord, keptTextOf, parseRecord, parseTexts } from './invocation-entries.ts';
import { neighboursOf } from './neighbours.ts';
import { readRecord } from './records.ts';

/**
 * All that is kept of one invocation; `not_found` when that is nothing. What it printed and its traceback tell more of the
 * code than the dashboard does, so they are for who is signed in.
 */
export async function readInvocation(
  ctx: Context,
  caller: Caller | null,
  { name, id }: { name: string; id: string },
): Promise<Invocation> {
  requireReader(ctx.config, caller);
  await readRecord(ctx, name);
  const { redis, keys } = ctx;
  const [[record], [texts], entry, neighbours] = await withRedis(() =>
    Promise.all([
      redis.xrange(keys.invocations(name), id, id),
      redis.xrange(keys.invocationTexts(name), id, id),
      readEntry(ctx, name, id),
      neighboursOf(ctx, name, id),
    ]),
  );
  const result = entry?.result === undefined ? null : keptTextOf(entry.result);
  const isReserved = caller === null;
  const shown = isReserved ? withoutReserved : (known: InvocationRecord) => known;
  if (record !== undefined) {
    const kept = texts === undefined ? { input: null, result } : parseTexts(texts[1]);
    return { ...shown(parseRecord(id, record[1])), ...kept, ...neighbours, isReserved, isComplete: true };
  }
  if (entry === null) throw new VigiaError('not_found', `Nothing is kept of invocation ${id} of ${name}`);
  return { ...fromHistory(entry), ...neighbours, input: null, result, isReserved, isComplete: false };
}

function withoutReserved({ failure, ...record }: InvocationRecord): InvocationRecord {
  const { kind, message } = failure ?? {};
  return {
    ...record,
    ...(kind === undefined || message === undefined ? {} : { failure: { kind, message } }),
    log: [],
    linesLeftOut: record.lines,
  };
}

/** An invocation whose record is not written yet, was lost when the runtime was killed, or is too old. */
function fromHistory(entry: HistoryEntry): InvocationRecord {
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
  };
}
