import type { JobSummary } from '#lib/schemas/job';
import type { MovedJobs } from '#lib/schemas/job-queue';

/** Jobs that are in another state, or, without one, no longer kept. */
export function movedFrame(moved: readonly { id: number; job: JobSummary | null }[]): Buffer {
  const jobs = moved.flatMap(({ job }) => (job === null ? [] : [job]));
  const gone = moved.filter(({ job }) => job === null).map(({ id }) => id);
  return frame('jobs', JSON.stringify({ jobs, gone } satisfies MovedJobs));
}

/** How the queue is, as JSON. */
export function queueFrame(json: string): Buffer {
  return frame('queue', json);
}

/** Nothing can be told now. */
export const AWAY_FRAME = frame('away', '{}');

function frame(event: string, json: string): Buffer {
  return Buffer.from(`event: ${event}\ndata: ${json}\n\n`);
}
