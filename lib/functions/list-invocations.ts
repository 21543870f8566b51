import type { Caller } from '#lib/auth/caller';
import { requireReader } from '#lib/auth/require-reader';
import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';
import type { InvocationQuery, InvocationSummary } from '#lib/schemas/invocation';
import { parseRecord } from './invocation-entries.ts';
import { readRecord } from './records.ts';

/** Records looked at in one step while some of them are passed over. */
const STEP = 200;

/** A function's newest invocations, newest first; with `outcome`, only those that ended so. */
export async function listInvocations(
  ctx: Context,
  caller: Caller | null,
  { name, limit, before, outcome }: InvocationQuery & { name: string },
): Promise<InvocationSummary[]> {
  requireReader(ctx.config, caller);
  await readRecord(ctx, name);
  const found: InvocationSummary[] = [];
  const step = outcome === undefined ? limit : STEP;
  for (let end = before === undefined ? '+' : `(${before}`; ; ) {
    const entries = await withRedis(() => ctx.redis.xrevrange(ctx.keys.invocations(name), end, '-', 'COUNT', step));
    for (const [id, fields] of entries) {
      const { log: _log, linesLeftOut: _leftOut, failure, ...summary } = parseRecord(id, fields);
      if (outcome !== undefined && summary.outcome !== outcome) continue;
      found.push(
        failure === undefined ? summary : { ...summary, failure: { kind: failure.kind, message: failure.message } },
      );
      if (found.length === limit) return found;
    }
    const last = entries.at(-1)?.[0];
    if (last === undefined || entries.length < step) return found;
    end = `(${last}`;
  }
}
