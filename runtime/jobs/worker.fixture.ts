import { followOutput } from '#lib/jobs/follow-output';
import { ADMIN, jobsSuite, type World } from '#lib/jobs/jobs.fixture';
import type { JobSummary } from '#lib/schemas/job';
import { startJobsRole } from './role.ts';

/** Says that it is there, in one write, and ends when it is killed. */
export const FOREVER = 'import os\nos.write(1, b"here\\n")\nwhile True: pass';

export const isRunning = ({ status }: JobSummary) => status === 'RUNNING';

/** Resolves when a job has written this. */
export async function hasSaid({ ctx, changes }: World, id: number, text: string): Promise<void> {
  const signal = AbortSignal.timeout(40_000);
  for await (const event of followOutput(ctx, ADMIN, { id, changes, signal })) {
    if (event.kind === 'output' && event.entry.segments.some((segment) => segment.text.includes(text))) return;
    if (event.kind === 'end') break;
  }
  throw new Error(`job ${id} did not say ${text}`);
}

/** Workers on a real Redis, with the sandbox of this machine. */
export function workerSuite() {
  const jobs = jobsSuite();
  return {
    ...jobs,
    async working(settings: Record<string, string> = {}, url?: string) {
      const world = await jobs.world({ ALLOW_UNSANDBOXED: '1', ...settings }, url);
      const start = async () => {
        const role = await startJobsRole(world.under.config, world.under.log);
        jobs.suite.open.push(role);
        return () => role[Symbol.asyncDispose]();
      };
      return { world, start, stop: await start() };
    },
  };
}
