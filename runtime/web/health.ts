import type { ServerResponse } from 'node:http';
import type { Context } from '#lib/context';
import { listWorkers } from '#lib/jobs/list-workers';

/** `/livez`: this process answers. It never looks at Redis, whose outage no restart would mend. */
export function serveLivez(response: ServerResponse): void {
  sendJson(response, 200, { status: 'ok' });
}

/** `/readyz`: this process can serve people now. Which workers run jobs, and how they confine them, is said and does not count. */
export async function serveReadyz(ctx: Context, stopping: boolean, response: ServerResponse): Promise<void> {
  if (stopping) return sendJson(response, 503, { status: 'stopping' });
  const workers = await listWorkers(ctx).catch(() => null);
  if (workers === null) return sendJson(response, 503, { status: 'not ready', redis: 'does not answer' });
  const jobs = workers.map(({ executor, tier }) => ({ executor, tier }));
  sendJson(response, 200, { status: 'ok', redis: 'ok', jobs });
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}
