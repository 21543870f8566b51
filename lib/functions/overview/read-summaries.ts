import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';
import type { FunctionState } from '#lib/schemas/function';
import type { HistoryEntry } from '#lib/schemas/history';
import type { StaleCause, Status } from '#lib/schemas/overview';
import type { FunctionRecord } from '#lib/schemas/record';
import { readNewest } from '../history-entries.ts';
import { readSample } from '../read-sample.ts';
import { allRecords } from '../records.ts';
import { parseState, stateOf } from '../state-of.ts';
import { staleCause, statusOf } from '../status-of.ts';

/** After a failure a good one is looked for among so many. */
const LOOKED_AT = 20;

/** What is known of one function without its past. */
export type Summary = {
  record: FunctionRecord;
  state: FunctionState;
  status: Status;
  /** Null while it is not stale. */
  staleCause: StaleCause | null;
  /** The newest invocation, good or failed. */
  newest: HistoryEntry | undefined;
  /** The newest good one, if it is among the last few. */
  good: HistoryEntry | undefined;
  /** The text of the last good result. */
  result: string | null;
};

/** Every function as it is now, by name: a few small reads each, all sent at once. */
export async function readSummaries(ctx: Context, now: number): Promise<Summary[]> {
  const records = await allRecords(ctx);
  return await Promise.all(records.map((record) => readSummary(ctx, record, now)));
}

async function readSummary(ctx: Context, record: FunctionRecord, now: number): Promise<Summary> {
  const { keys, redis } = ctx;
  const { name } = record;
  const [text, held, [newest]] = await Promise.all([
    withRedis(() => redis.get(keys.functionState(name))),
    withRedis(() => redis.exists(keys.lease(name))),
    readNewest(ctx, name, 1),
  ]);
  const state = stateOf(record, parseState(text));
  const good = isGood(newest) ? newest : (await readNewest(ctx, name, LOOKED_AT)).find(isGood);
  const facts = { now, state, runtimeAlive: held === 1, newestAt: newest?.at ?? null, inputAt: good?.inputAt ?? null };
  const status = statusOf(facts);
  return {
    record,
    state,
    newest,
    good,
    // The output key holds what was good last, however long ago that was.
    result: good?.result ?? (newest === undefined ? null : await readSample(ctx, { key: state.outputKey })),
    status,
    staleCause: status === 'stale' ? staleCause(facts) : null,
  };
}

function isGood(entry: HistoryEntry | undefined): entry is HistoryEntry {
  return entry?.result !== undefined;
}
