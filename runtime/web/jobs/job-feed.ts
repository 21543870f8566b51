import type { Redis } from 'ioredis';
import type { Caller } from '#lib/auth/caller';
import { stillHolds } from '#lib/auth/still-holds';
import type { Context } from '#lib/context';
import { isUnavailable, messageOf } from '#lib/errors';
import { findJobs } from '#lib/jobs/job-record';
import { readQueue } from '#lib/jobs/read-queue';
import { maySee } from '#lib/jobs/visible-job';
import { pause } from '#lib/lifecycle';
import { COMMENT_FRAME, HELLO_FRAME, RESET_FRAME } from '../live/frames.ts';
import type { Viewer } from '../live/viewer.ts';
import { AWAY_FRAME, movedFrame, queueFrame } from './job-frames.ts';

/** What moves within this time is told together. */
const SPACING_MS = 200;
/** More at once, and it is cheaper to read the list anew. */
const MOST_AT_ONCE = 200;
/** How often the queue, and who may still look, is looked at. */
const LOOK_MS = 1_000;
/** Proxies close what is silent for longer. */
const LOOKS_BETWEEN_COMMENTS = 15;

/** Somebody who looks at a list of jobs. */
type Watcher = {
  caller: Caller;
  queue: string;
  /** Knows that nothing can be told now. */
  isAway: boolean;
};

/**
 * Which jobs are new or in another state, for everybody who looks at a list: what moves is read once, however many look. As
 * server-sent events: `reset` at first, and whenever the list is to be read anew; `jobs` with what has moved and what is no
 * longer kept; `queue` when that is another than before; `away` when Redis does not answer, and `reset` and `queue` when it
 * does again.
 */
export class JobFeed implements AsyncDisposable {
  readonly #ctx: Context;
  readonly #subscriber: Redis;
  readonly #watchers = new Map<Viewer, Watcher>();
  /** What has moved and is not told yet: id → uid. */
  #moved = new Map<number, number>();
  #telling: Promise<void> | null = null;
  readonly #stop = new AbortController();
  readonly #looking: Promise<void>;

  constructor(ctx: Context, subscriber: Redis) {
    this.#ctx = ctx;
    this.#subscriber = subscriber;
    const { movedChannel } = ctx.keys.jobs;
    subscriber.on('message', (channel: string, message: string) => {
      if (channel === movedChannel) this.#note(message);
    });
    this.#looking = this.#look();
  }

  /** Tells a viewer of all that moves from now on. */
  async add(viewer: Viewer, caller: Caller): Promise<void> {
    viewer.write(HELLO_FRAME);
    // Waits for Redis as long as it takes: until then nothing is known that could be told.
    await this.#subscriber.subscribe(this.#ctx.keys.jobs.movedChannel);
    this.#watchers.set(viewer, { caller, queue: '', isAway: false });
    viewer.write(RESET_FRAME);
    await this.#tellQueue();
  }

  delete(viewer: Viewer): void {
    this.#watchers.delete(viewer);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#looking;
    await this.#telling;
  }

  #note(message: string): void {
    const [id, uid] = message.split(' ').map(Number);
    if (this.#watchers.size === 0 || id === undefined || uid === undefined) return;
    this.#moved.set(id, uid);
    this.#telling ??= this.#tellAll().finally(() => {
      this.#telling = null;
    });
  }

  async #tellAll(): Promise<void> {
    while (this.#moved.size > 0 && !this.#stop.signal.aborted) {
      await pause(SPACING_MS, this.#stop.signal);
      const moved = this.#moved;
      this.#moved = new Map();
      try {
        await this.#tell(moved);
      } catch (error) {
        this.#ctx.log.debug({ reason: messageOf(error) }, 'what moves among jobs cannot be read');
        await pause(LOOK_MS, this.#stop.signal);
        for (const viewer of this.#watchers.keys()) viewer.write(RESET_FRAME);
      }
    }
  }

  async #tell(moved: ReadonlyMap<number, number>): Promise<void> {
    const watchers = [...this.#watchers];
    const isSeen = (uid: number) => watchers.some(([, { caller }]) => maySee(caller, { uid }));
    const all = [...moved].map(([id, uid]) => ({ id, uid })).filter(({ uid }) => isSeen(uid));
    const isTooMuch = all.length > MOST_AT_ONCE;
    const wanted = isTooMuch ? [] : all.map(({ id }) => id);
    const { jobs } = await findJobs(this.#ctx, wanted);
    const read = all.map((each, index) => ({ ...each, job: jobs[index] ?? null }));
    const audiences = Map.groupBy(watchers, ([, { caller }]) => (caller.role === 'admin' ? 'everything' : caller.uid));
    for (const audience of audiences.values()) {
      const visible = read.filter((each) => audience.some(([, { caller }]) => maySee(caller, each)));
      if (visible.length === 0) continue;
      const told = isTooMuch ? RESET_FRAME : movedFrame(visible);
      for (const [viewer] of audience) viewer.write(told);
    }
  }

  async #look(): Promise<void> {
    const { signal } = this.#stop;
    for (let look = 1; !signal.aborted; look += 1) {
      await pause(LOOK_MS, signal);
      if (look % LOOKS_BETWEEN_COMMENTS === 0) for (const viewer of this.#watchers.keys()) viewer.write(COMMENT_FRAME);
      await this.#tellQueue();
    }
  }

  async #tellQueue(): Promise<void> {
    const read = new Map<string, Promise<string | null>>();
    try {
      for (const [viewer, watcher] of this.#watchers) {
        const { uid, role } = watcher.caller;
        const reading = read.get(`${uid} ${role}`) ?? this.#readQueue(watcher.caller);
        read.set(`${uid} ${role}`, reading);
        const queue = await reading;
        if (queue === null) viewer.end();
        if (queue === null || (queue === watcher.queue && !watcher.isAway)) continue;
        if (watcher.isAway) viewer.write(RESET_FRAME);
        watcher.isAway = false;
        watcher.queue = queue;
        viewer.write(queueFrame(queue));
      }
    } catch (error) {
      if (isUnavailable(error)) this.#tellAway();
      const level = isUnavailable(error) ? 'debug' : 'error';
      this.#ctx.log[level]({ reason: messageOf(error) }, 'how the queue is cannot be told');
    }
  }

  /** What is shown is not how it is any more, and what moves is missed. */
  #tellAway(): void {
    for (const [viewer, watcher] of this.#watchers) {
      if (!watcher.isAway) viewer.write(AWAY_FRAME);
      watcher.isAway = true;
    }
  }

  /** As JSON; null for somebody who is not any more who they were when they came. */
  async #readQueue(caller: Caller): Promise<string | null> {
    const isStill = await stillHolds(this.#ctx, caller);
    return isStill ? JSON.stringify(await readQueue(this.#ctx, caller)) : null;
  }
}
