import type { Caller } from '#lib/auth/caller';
import { requireReader } from '#lib/auth/require-reader';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { withRedis } from '#lib/redis';
import type { Invocation } from '#lib/schemas/invocation';
import { neighboursOf } from './neighbours.ts';
import { readInvocation } from './read-invocation.ts';
import { readRecord } from './records.ts';

/** The highest number that Redis gives within a millisecond. */
const LAST = '18446744073709551615';

const timeOf = (id: string) => Number(id.split('-')[0]);

/** The kept invocation that was written nearest to a time; `not_found` when there is none. */
export async function findInvocation(
  ctx: Context,
  caller: Caller | null,
  { name, at }: { name: string; at: number },
): Promise<Invocation> {
  requireReader(ctx.config, caller);
  await readRecord(ctx, name);
  // Between the last id that the millisecond before could give and the first of this one.
  const { previous, next } = await withRedis(() => neighboursOf(ctx, name, `${Math.max(1, at) - 1}-${LAST}`));
  const isPrevious = previous !== null && (next === null || at - timeOf(previous) <= timeOf(next) - at);
  const id = isPrevious ? previous : next;
  if (id === null) throw new VigiaError('not_found', `No invocation of ${name} is kept`);
  return await readInvocation(ctx, caller, { name, id });
}
