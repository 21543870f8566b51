import type { Context } from '#lib/context';
import { isUnavailable } from '#lib/errors';
import { readNewest } from '#lib/functions/history-entries';
import { listFunctions } from '#lib/functions/list-functions';
import { countJobs } from '#lib/jobs/count-jobs';
import { listWorkers } from '#lib/jobs/list-workers';
import type { FunctionState } from '#lib/schemas/function';
import type { HistoryEntry } from '#lib/schemas/history';
import type { JobWorker } from '#lib/schemas/job-queue';
import type { ProgramStatus } from '#lib/schemas/status';
import { readStatus } from '#lib/status/read-status';

export type FunctionReading = { state: FunctionState; newest: HistoryEntry | null };

/** What Redis knows at one moment; null while it does not answer. */
export type Readings = {
  redis: ProgramStatus['redis'];
  roles: ProgramStatus['roles'];
  functions: FunctionReading[];
  jobs: Awaited<ReturnType<typeof countJobs>>;
  workers: JobWorker[];
};

export async function takeReadings(ctx: Context): Promise<Readings | null> {
  try {
    const [status, states, jobs, workers] = await Promise.all([
      readStatus(ctx),
      listFunctions(ctx),
      countJobs(ctx, null),
      listWorkers(ctx),
    ]);
    const newest = await Promise.all(states.map(({ name }) => readNewest(ctx, name, 1)));
    const functions = states.map((state, index) => ({ state, newest: newest[index]?.[0] ?? null }));
    return { redis: status.redis, roles: status.roles, functions, jobs, workers };
  } catch (error) {
    if (isUnavailable(error)) return null;
    throw error;
  }
}
