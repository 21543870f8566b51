import { requireAdmin } from '#lib/auth/authorise';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import type { Summary } from '#lib/functions/overview/read-summaries';
import { recentSummaries } from '#lib/functions/overview/recent-summaries';
import { countStandings } from '#lib/functions/overview/standings';
import { countJobs } from '#lib/jobs/count-jobs';
import { listWorkers } from '#lib/jobs/list-workers';
import { listProcesses } from '#lib/roles/list-processes';
import type { StatusDetails } from '#lib/schemas/status';
import { readRedisFacts } from './read-redis-facts.ts';

/** How the program is: its processes, its Redis, what there is to do and by how much it is late; for admins. */
export async function readStatusDetails(ctx: Context, caller: Caller): Promise<StatusDetails> {
  requireAdmin(caller);
  // First and alone: it measures how long Redis takes.
  const redis = await readRedisFacts(ctx);
  const [{ now, processes }, { summaries }, { waiting, running, ended }, workers] = await Promise.all([
    listProcesses(ctx),
    recentSummaries(ctx),
    countJobs(ctx, null),
    listWorkers(ctx),
  ]);
  return {
    now,
    processes,
    redis,
    functions: {
      total: summaries.length,
      counts: countStandings(summaries),
      largestLag: largestLag(summaries),
    },
    jobs: { waiting: waiting.reduce((sum, each) => sum + each.waiting, 0), running, ended },
    workers: workers.map(({ instance: _, ...worker }) => worker),
  };
}

function largestLag(summaries: readonly Summary[]): StatusDetails['functions']['largestLag'] {
  const lags = summaries.flatMap(({ state: { name }, status, newest }) =>
    newest === undefined || status === 'disabled' ? [] : [{ name, lagMs: newest.lagMs }],
  );
  return lags.reduce<(typeof lags)[number] | null>(
    (most, each) => (each.lagMs > (most?.lagMs ?? -1) ? each : most),
    null,
  );
}
