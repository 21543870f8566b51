import type { Redis } from 'ioredis';
import type { Context } from '#lib/context';
import { JobChanges } from '#lib/jobs/job-changes';
import { EVENT_STREAM } from '../live/frames.ts';
import type { SignedInViewers } from '../live/signed-in-viewers.ts';
import { Viewer } from '../live/viewer.ts';
import type { Exchange } from './exchange.ts';
import { JobFeed } from './job-feed.ts';
import { END_ID, streamOutput } from './output-stream.ts';

/** What of jobs is told as it happens: the output of one, and how a list of them changes. Each ends with what it was opened with. */
export class JobStreams implements AsyncDisposable {
  readonly #ctx: Context;
  readonly #changes: JobChanges;
  readonly #feed: JobFeed;
  readonly #signedIn: SignedInViewers;

  constructor(ctx: Context, subscriber: Redis, signedIn: SignedInViewers) {
    this.#ctx = ctx;
    this.#changes = new JobChanges(subscriber, ctx.keys);
    this.#feed = new JobFeed(ctx, subscriber);
    this.#signedIn = signedIn;
  }

  async output(id: number, { url, request, response, caller, signal }: Exchange): Promise<void> {
    // A page that has some of it already says so in the address, as a browser sends the header only when it comes again.
    const after = request.headers['last-event-id']?.toString() ?? url.searchParams.get('after') ?? undefined;
    // A browser that has seen the end comes again unless it is told not to.
    if (after === END_ID) return void response.writeHead(204).end();
    this.#signedIn.add(response, caller);
    try {
      await streamOutput(this.#ctx, caller, { id, after, changes: this.#changes, signal }, response);
    } finally {
      this.#signedIn.delete(response);
    }
  }

  async feed({ response, caller }: Exchange): Promise<void> {
    const viewer = new Viewer(response);
    const leave = () => {
      this.#signedIn.delete(viewer);
      this.#feed.delete(viewer);
      viewer.end();
    };
    viewer.whenGone(leave);
    this.#signedIn.add(viewer, caller);
    viewer.open(EVENT_STREAM);
    await this.#feed.add(viewer, caller);
    if (viewer.isGone) leave();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#feed[Symbol.asyncDispose]();
  }
}
