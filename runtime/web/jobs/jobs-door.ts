import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Redis } from 'ioredis';
import { requireSameOrigin } from '#lib/api/same-origin';
import { cancelChange, recordRefusedJob } from '#lib/audit/job-audit';
import { recordAudit } from '#lib/audit/record-audit';
import { authenticate } from '#lib/auth/authenticate';
import type { Caller } from '#lib/auth/caller';
import { notSignedIn } from '#lib/auth/not-signed-in';
import { type RequestFacts, requestFacts } from '#lib/auth/request-facts';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { cancelJob } from '#lib/jobs/cancel-job';
import { readWholeOutput } from '#lib/jobs/output-entries';
import { readJob } from '#lib/jobs/read-job';
import { submitJob } from '#lib/jobs/submit-job';
import { parseInput } from '#lib/parse-input';
import { compatibleSubmission } from '#lib/schemas/compatible-job';
import type { SignedInViewers } from '../live/signed-in-viewers.ts';
import { sendError, sendProblem } from '../problem.ts';
import { asksForPage } from './asks-for-page.ts';
import { compatible } from './compatible-job.ts';
import { writeList } from './compatible-list.ts';
import type { Exchange } from './exchange.ts';
import { JobStreams } from './job-streams.ts';
import { readJson } from './request-body.ts';
import { isAlsoPage, isStream, type JobRoute, routeOf } from './routes.ts';
import { varyByAccept } from './vary-by-accept.ts';
import { whileConnected } from './write.ts';

/** There are clients that send a password only when they have been asked for one. */
const CHALLENGE = { 'WWW-Authenticate': 'Basic realm="Vigia", charset="UTF-8"' };

/**
 * The job service as clients of the older one know it, and the output of jobs as it comes. It shares its addresses with the
 * pages: who asks for one of those gets it.
 */
export class JobsDoor implements AsyncDisposable {
  readonly #ctx: Context;
  readonly #streams: JobStreams;
  readonly #stop = new AbortController();

  constructor(ctx: Context, subscriber: Redis, signedIn: SignedInViewers) {
    this.#ctx = ctx;
    this.#streams = new JobStreams(ctx, subscriber, signedIn);
  }

  /** False when it is not for this door. */
  async serve(url: URL, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const route = routeOf(request.method ?? '', url.pathname);
    if (route === null) return false;
    if (isAlsoPage(route)) {
      varyByAccept(response);
      if (asksForPage(request.headers)) return false;
    }
    response.setHeader('Cache-Control', 'no-store');
    try {
      const facts = requestFacts(this.#ctx.config, (name) => request.headers[name]?.toString());
      const ctx = { ...this.#ctx, log: this.#ctx.log.child({ requestId: facts.requestId }) };
      const caller = await this.#callerOf(ctx, request, facts);
      const signal = whileConnected(response, this.#stop.signal);
      await this.#answer(route, { ctx, url, request, response, facts, caller, signal });
    } catch (error) {
      if (!(error instanceof VigiaError) || response.headersSent) throw error;
      // A browser would ask for a password, in the middle of a page whose session has ended.
      if (error.code === 'unauthenticated' && !isStream(route)) sendProblem(response, 401, error.message, CHALLENGE);
      else sendError(response, error);
    }
    return true;
  }

  /** Ends all streams. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#streams[Symbol.asyncDispose]();
  }

  async #callerOf(ctx: Context, { method, headers }: IncomingMessage, facts: RequestFacts): Promise<Caller> {
    const isRead = method === 'GET' || method === 'HEAD';
    if (!isRead) requireSameOrigin({ headers: { get: (name) => headers[name]?.toString() ?? null } }, facts);
    const caller = await authenticate(ctx, facts);
    if (caller === null) throw notSignedIn(facts, 'Say who you are, with your uid and password');
    return caller;
  }

  async #answer(route: JobRoute, exchange: Exchange): Promise<void> {
    const { ctx, response, facts, caller } = exchange;
    if (route.kind === 'not allowed') {
      sendProblem(response, 405, 'This is not done here', { Allow: route.allow });
    } else if (route.kind === 'list') {
      await writeList(exchange, route.uid);
    } else if (route.kind === 'submit') {
      await this.#submit(exchange);
    } else if (route.kind === 'read') {
      const job = await readJob(ctx, caller, route);
      sendJson(response, 200, [compatible(job, job)]);
    } else if (route.kind === 'cancel') {
      const job = await cancelJob(ctx, caller, route);
      const change = cancelChange(caller, job);
      if (change !== null) await recordAudit(ctx, caller, change, facts);
      const output = await readWholeOutput(ctx, job.id);
      sendJson(response, 202, { ...compatible(job, output), killed: job.killed });
    } else if (route.kind === 'output') {
      await this.#streams.output(route.id, exchange);
    } else {
      await this.#streams.feed(exchange);
    }
  }

  async #submit({ ctx, request, response, facts, caller }: Exchange): Promise<void> {
    const body = await readJson(request);
    if (body === null)
      return sendProblem(response, 413, 'Code and input have at most 1 MiB each', { Connection: 'close' });
    const submission = parseInput(compatibleSubmission, body.value);
    const key = request.headers['idempotency-key']?.toString();
    const { id } = await submitJob(ctx, caller, submission, { key }).catch(async (error: unknown) => {
      await recordRefusedJob(ctx, caller, error, facts);
      throw error;
    });
    response.setHeader('Location', `/jobs/${id}`);
    sendJson(response, 201, { job_id: id });
  }
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}
