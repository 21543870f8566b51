import * as z from 'zod';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { parseInput } from '#lib/parse-input';
import { entryId } from '#lib/schemas/history';
import type { OutputPage } from '#lib/schemas/job';
import { readEntries, START } from './output-entries.ts';
import { visibleJob } from './visible-job.ts';

const query = z.object({ id: z.int(), after: entryId.default(START), limit: z.int().min(1).max(1_000).default(200) });
type OutputQuery = z.input<typeof query>;

/**
 * What a job has written after a place, and how it is. The job is looked at first: when it has ended and there is no `more`,
 * nothing comes after the last entry.
 */
export async function readOutput(ctx: Context, caller: Caller, input: OutputQuery): Promise<OutputPage> {
  const { id, after, limit } = parseInput(query, input);
  const job = await visibleJob(ctx, caller, id);
  const entries = await readEntries(ctx, id, after, limit + 1);
  return { job, entries: entries.slice(0, limit), more: entries.length > limit };
}
