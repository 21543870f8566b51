import type { ServerResponse } from 'node:http';
import type { Context } from '#lib/context';
import { listWorkers } from '#lib/jobs/list-workers';
import { sendJson } from '#runtime/observe/answers';

/**
 * `/readyz`: this process can serve people now. Which workers run jobs, how they confine them and what they miss, is said and
 * does not count.
 */
export async function serveReadyz(ctx: Context, stopping: boolean, response: ServerResponse): Promise<void> {
  if (stopping) return sendJson(response, 503, { status: 'stopping' });
  const workers = await listWorkers(ctx).catch(() => null);
  if (workers === null) return sendJson(response, 503, { status: 'not ready', redis: 'does not answer' });
  const jobs = workers.map(({ executor, tier, missing }) => ({ executor, tier, missing }));
  sendJson(response, 200, { status: 'ok', redis: 'ok', jobs });
}
