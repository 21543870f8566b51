import * as z from 'zod';
import type { Context } from '#lib/context';
import type { JobSummary } from '#lib/schemas/job';
import { jobScript } from './job-script.ts';

const end = jobScript(
  `
local id, run, status, reason, exitCode, truncated, killed, detail = unpack(args)
if not isHeld(id, run) then return 0 end
if reason == 'cancelled' then detail = field(id, 'cancelled') or detail end
stopped(id, ownerOf(id))
finish(id, status, reason, {'exitCode', exitCode, 'truncated', truncated, 'killed', killed, 'detail', detail})
return 1
`,
  z.union([z.literal(0), z.literal(1)]),
);

/** How a run ended. The exit code is null unless the reason is `exit`. */
export type RunEnd = Pick<JobSummary, 'exitCode' | 'truncated' | 'killed' | 'detail'> & {
  reason: NonNullable<JobSummary['reason']>;
};

/** False when the job is not, or no longer, this run's: what comes late changes nothing. */
export async function endJob(
  ctx: Context,
  { id, run }: { id: number; run: string },
  { reason, exitCode, truncated, killed, detail }: RunEnd,
): Promise<boolean> {
  const status = reason === 'exit' && exitCode === 0 ? 'DONE' : 'ERROR';
  const flag = truncated ? 1 : 0;
  return (await end(ctx, id, run, status, reason, exitCode ?? '', flag, killed, detail ?? '')) === 1;
}
