import type { JobQueue, MovedJobs } from '#lib/schemas/job-queue';
import { openEventStream } from '../../event-stream.ts';
import { isJobQueue, isMovedJobs } from '../guards.ts';
import { fetchJobs } from '../rest.ts';

/** Whether what is shown is as it is now. */
type Link = 'connecting' | 'live' | 'lost' | 'signed-out';

export type FeedView = { queue: JobQueue; link: Link };

/** Somebody who shows a list. */
type Reader = {
  /** The list is to be read now: what has moved before is not told. */
  reset(): void;
  moved(moves: MovedJobs): void;
};

/** One connection for a page: how the queue is, and which jobs move. */
export class JobsFeed {
  #view: FeedView;
  readonly #listeners = new Set<() => void>();
  readonly #readers = new Set<Reader>();

  constructor(queue: JobQueue) {
    this.#view = { queue, link: 'connecting' };
  }

  readonly view = (): FeedView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Tells a reader what moves from now on, and to read its list as soon as nothing can be missed after that. */
  tell(reader: Reader): () => void {
    this.#readers.add(reader);
    if (this.#view.link === 'live') reader.reset();
    return () => this.#readers.delete(reader);
  }

  open(): () => void {
    const { close } = openEventStream({
      address: () => '/jobs/events',
      connected: (is) => this.#set({ link: is ? 'live' : 'lost' }),
      mayRetry: () => this.#isStillSignedIn(),
      on: {
        reset: () => this.#each((reader) => reader.reset()),
        jobs: (data) => {
          if (isMovedJobs(data)) this.#each((reader) => reader.moved(data));
        },
        queue: (data) => {
          if (isJobQueue(data)) this.#set({ queue: data, link: 'live' });
        },
        // The connection is there, and nothing comes: Redis does not answer.
        away: () => this.#set({ link: 'lost' }),
      },
    });
    return close;
  }

  /** An event stream does not say why it was refused. */
  async #isStillSignedIn(): Promise<boolean> {
    const read = await fetchJobs({ limit: 1 });
    const isOut = !read.ok && read.status === 401;
    if (isOut) this.#set({ link: 'signed-out' });
    return !isOut;
  }

  #each(tell: (reader: Reader) => void): void {
    for (const reader of this.#readers) tell(reader);
  }

  #set(change: Partial<FeedView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}
