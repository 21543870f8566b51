import type { ServerResponse } from 'node:http';
import type { Context } from '#lib/context';

/** `/livez`: this process answers. It never looks at Redis, whose outage no restart would mend. */
export function serveLivez(response: ServerResponse): void {
  sendJson(response, 200, { status: 'ok' });
}

/** `/readyz`: this process can serve people now. */
export async function serveReadyz(ctx: Context, stopping: boolean, response: ServerResponse): Promise<void> {
  if (stopping) return sendJson(response, 503, { status: 'stopping' });
  const redis = await ctx.redis.ping().then(
    () => 'ok',
    () => 'does not answer',
  );
  sendJson(response, redis === 'ok' ? 200 : 503, { status: redis === 'ok' ? 'ok' : 'not ready', redis });
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}
