import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import next from 'next';
import type { Config } from '#lib/config';
import { type Context, createContext, shareContext } from '#lib/context';
import { VigiaError } from '#lib/errors';
import type { Log } from '#lib/log';
import { connectAtStart, createCommandClient, createSubscriber } from '#lib/redis';
import { listen } from '#runtime/listen';
import { sendAlive } from '#runtime/observe/answers';
import { Presence } from '#runtime/observe/presence';
import { Departure } from './departure.ts';
import { makeFirstAdmin } from './first-admin.ts';
import { serveReadyz } from './health.ts';
import { JobsDoor } from './jobs/jobs-door.ts';
import { watchLostJobs } from './jobs/lost-jobs.ts';
import { LiveHub } from './live/hub.ts';
import { serveLive } from './live/route.ts';
import type { MetricsDoor } from './metrics/metrics-door.ts';
import { sendError, sendProblem } from './problem.ts';
import { logWhenOver } from './request-log.ts';
import { requestTarget } from './request-target.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { stampRequest } from './stamp-request.ts';

/** What pages answer to, and what the API may; it decides on for each address. */
const READS = ['GET', 'HEAD'];
const CALLS = [...READS, 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

const ROOT = join(import.meta.dirname, '..', '..');

/** A browser that does not finish its request in time is hung up on. */
const HEADERS_MS = 10_000;
/** How often it is looked for those. */
const CHECK_MS = 2_000;

/** All that a request may be led to. */
type House = {
  ctx: Context;
  hub: LiveHub;
  jobs: JobsDoor;
  /** Opened for the first who asks: many a start has no Prometheus. */
  metrics: () => Promise<MetricsDoor>;
  pages: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  departure: Departure;
};

/** The front door: the live feed, the job service, health checks and metrics itself, everything else by Next. */
export async function startWebRole(
  config: Config,
  log: Log,
  _signal: AbortSignal,
  dev: boolean,
): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const { host, port, graceMs } = config.web;
  const redis = createCommandClient(config.redis, 'web', log);
  stack.defer(() => redis.disconnect());
  const subscriber = createSubscriber(config.redis, 'web', log);
  stack.defer(() => subscriber.disconnect());
  await Promise.all([connectAtStart(redis), connectAtStart(subscriber)]);
  const ctx = createContext(config, redis, log);
  shareContext(ctx);
  await makeFirstAdmin(ctx);

  const app = next({ dev, dir: ROOT, hostname: host, port });
  await app.prepare();
  stack.defer(() => app.close());
  const pages = app.getRequestHandler();
  const hub = new LiveHub(ctx, subscriber);
  const jobs = new JobsDoor(ctx, subscriber, hub.signedIn);
  stack.use(watchLostJobs(ctx));
  const departure = new Departure();
  const house: House = { ctx, hub, jobs, metrics: metricsFor(ctx, hub), pages, departure };
  const server = createServer(
    { headersTimeout: HEADERS_MS, connectionsCheckingInterval: CHECK_MS },
    (request, response) => {
      departure.met(request, response);
      setSecurityHeaders(request, response, { config, dev });
      void met(house, request, response);
    },
  );
  server.on('connection', (socket) => departure.opened(socket));
  if (dev) server.on('upgrade', app.getUpgradeHandler());
  stack.use(new Presence(ctx, 'web', { load: () => hub.viewers }));
  stack.defer(() => departure.end(server));
  // Streams end first, and their readers come again elsewhere: the server would wait for them.
  stack.use(hub);
  stack.use(jobs);
  stack.defer(() => departure.begin(graceMs));
  await listen(server, host, port, 'PORT');
  log.info({ address: server.address() }, 'serving');
  return stack.move();
}

/** Whoever comes, before it is known what they want. */
async function met(house: House, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const id = stampRequest(request);
  const ctx = { ...house.ctx, log: house.ctx.log.child({ requestId: id }) };
  const { config, log, asker } = ctx;
  const note = logWhenOver({ request, response, config, log });
  await asker.run(note, () => serve({ ...house, ctx }, id, request, response));
}

async function serve(house: House, id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { ctx, hub, jobs, metrics, pages, departure } = house;
  const url = requestTarget(request.url);
  if (url === null) {
    response.setHeader('X-Request-Id', id);
    return sendProblem(response, 400, 'This is no address here');
  }
  request.url = url.pathname + url.search;
  // The API says it itself.
  if (!url.pathname.startsWith('/api/')) response.setHeader('X-Request-Id', id);
  try {
    if (url.pathname.startsWith('/live/')) await serveLive(ctx, hub, url, request, response);
    else if (url.pathname === '/livez') sendAlive(response);
    else if (url.pathname === '/readyz') await serveReadyz(ctx, departure.hasBegun, response);
    else if (url.pathname === '/metrics') await (await metrics()).serve(request, response);
    else if (await jobs.serve(url, request, response)) return;
    else if (!isAnswered(request, url.pathname)) sendNotAllowed(response, url.pathname);
    else await pages(request, response);
  } catch (error) {
    if (!(error instanceof VigiaError)) ctx.log.error({ path: url.pathname, err: error }, 'a request failed');
    if (response.headersSent) response.destroy();
    else sendError(response, error);
  }
}

function metricsFor(ctx: Context, hub: LiveHub): House['metrics'] {
  let opened: Promise<MetricsDoor> | null = null;
  const open = async () => new (await import('./metrics/metrics-door.ts')).MetricsDoor(ctx, hub);
  return () => {
    opened ??= open();
    return opened;
  };
}

/** Pages have no actions: what is to change something goes to the API. Next's development tools post to themselves. */
function isAnswered({ method = '' }: IncomingMessage, path: string): boolean {
  return methodsAt(path).includes(method) || path.startsWith('/__nextjs');
}

function sendNotAllowed(response: ServerResponse, path: string): void {
  const methods = methodsAt(path);
  const detail = methods === READS ? 'Pages are only read' : 'The API does not know this method';
  sendProblem(response, 405, detail, { Allow: methods.join(', ') });
}

function methodsAt(path: string): readonly string[] {
  return path.startsWith('/api/') ? CALLS : READS;
}
