import type { ServerResponse } from 'node:http';
import type { Registry } from '@prometheus-io/client';

/** `/livez`: this process answers. It never looks at Redis, whose outage no restart would mend. */
export function sendAlive(response: ServerResponse): void {
  sendJson(response, 200, { status: 'ok' });
}

export function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

/** `/metrics`, as the text that Prometheus reads. */
export async function sendMetrics(registry: Registry, response: ServerResponse): Promise<void> {
  const text = await registry.metrics();
  response.writeHead(200, { 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' });
  response.end(text);
}

export function sendNoScraping(response: ServerResponse): void {
  response.setHeader('WWW-Authenticate', 'Bearer realm="metrics"');
  sendJson(response, 401, { status: 401, detail: 'Metrics are shown to who sends METRICS_TOKEN as a bearer token' });
}
