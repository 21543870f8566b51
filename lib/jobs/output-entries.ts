import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';
import { type JobOutput, type OutputEntry, type OutputSegment, outputStream } from '#lib/schemas/job';

/** The place before all that a job writes. */
export const START = '0-0';

/** The entries after a place, the oldest first. */
export async function readEntries(
  { redis, keys }: Context,
  id: number,
  after: string,
  limit: number,
): Promise<OutputEntry[]> {
  const found = await withRedis(() => redis.xrange(keys.jobs.output(id), `(${after}`, '+', 'COUNT', limit));
  return found.map(([entryId, fields]) => ({ id: entryId, segments: segmentsOf(fields) }));
}

export async function readWholeOutput({ redis, keys }: Context, id: number): Promise<JobOutput> {
  const found = await withRedis(() => redis.xrange(keys.jobs.output(id), '-', '+'));
  const segments = found.flatMap(([, fields]) => segmentsOf(fields));
  const join = (some: readonly OutputSegment[]) => some.map(({ text }) => text).join('');
  return {
    result: join(segments),
    stdout: join(segments.filter(({ stream }) => stream === 'stdout')),
    stderr: join(segments.filter(({ stream }) => stream === 'stderr')),
  };
}

function segmentsOf(fields: readonly string[]): OutputSegment[] {
  return fields.flatMap((name, index) =>
    index % 2 === 0 ? [{ stream: outputStream.parse(name), text: fields[index + 1] ?? '' }] : [],
  );
}
