import * as z from 'zod';
import { jobSummary, outputSegment } from '#lib/schemas/job';
import type { ApiClient } from './client.ts';
import { type Resuming, resumingEvents } from './resuming-events.ts';

const followed = z.discriminatedUnion('event', [
  z.object({ event: z.enum(['state', 'end']), data: jobSummary }),
  z.object({ event: z.literal('away'), data: z.object({}) }),
  z.object({ event: z.literal('output'), data: z.object({ segments: z.array(outputSegment) }) }),
]);
type Followed = z.infer<typeof followed>;

/** All that a job writes, from its beginning, and each state that it gets into; `end` is the last. */
export async function* followJob(api: ApiClient, id: number, resuming: Resuming): AsyncGenerator<Followed, void> {
  for await (const { event, data } of resumingEvents(api, `/jobs/${id}/output`, resuming)) {
    // Kinds of events that a later version may add are none of ours.
    const parsed = followed.safeParse({ event, data: JSON.parse(data) });
    if (!parsed.success) continue;
    yield parsed.data;
    if (parsed.data.event === 'end') return;
  }
}
