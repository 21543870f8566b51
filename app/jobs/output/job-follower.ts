import type { JobSummary, OutputSegment } from '#lib/schemas/job';
import { openEventStream } from '../../event-stream.ts';
import { isJobSummary, isOutput } from '../guards.ts';
import { fetchJob } from '../rest.ts';
import { OutputText } from './output-text.ts';

/** What the server has sent of a job. */
export type ServedJob = {
  job: JobSummary;
  segments: readonly OutputSegment[];
  /** Where to go on; null when `segments` are not all that there was before, and it is to be read from the beginning. */
  after: string | null;
};

type Texts = { both: OutputText; stdout: OutputText; stderr: OutputText };
/** `away`: the connection is there, and nothing comes, as Redis does not answer. */
export type FollowLink = 'following' | 'lost' | 'away' | 'signed-out' | 'gone' | 'over';

export type Followed = {
  job: JobSummary;
  texts: Texts;
  /** Another number: there is another text. */
  edition: number;
  /** Whether earlier output is not there yet. */
  isTail: boolean;
  link: FollowLink;
};

/** A job as it goes on: its state, and what it writes. What comes within one frame of the screen is told together. */
export class JobFollower {
  #now: Followed;
  #after: string | null;
  #isTold = false;
  readonly #listeners = new Set<() => void>();

  constructor({ job, segments, after }: ServedJob) {
    const texts = noTexts();
    append(texts, segments);
    const isTail = after === null;
    this.#after = after;
    this.#now = { job, texts, edition: 0, isTail, link: job.endedAt === null || isTail ? 'following' : 'over' };
  }

  readonly now = (): Followed => this.#now;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  open(): () => void {
    if (this.#now.link === 'over') return () => {};
    const { id } = this.#now.job;
    const { close } = openEventStream({
      address: () => `/jobs/${id}/output${this.#after === null ? '' : `?after=${encodeURIComponent(this.#after)}`}`,
      connected: (is) => {
        if (this.#now.link !== 'over') this.#set({ link: is ? 'following' : 'lost' });
      },
      mayRetry: () => this.#isStillThere(),
      on: {
        state: (data) => {
          if (isJobSummary(data)) this.#state(data);
        },
        output: (data, entry) => {
          if (isOutput(data)) this.#output(data.segments, entry);
        },
        away: () => this.#set({ link: 'away' }),
        end: (data) => {
          close();
          if (isJobSummary(data)) this.#set({ job: data, link: 'over', isTail: false });
        },
      },
    });
    return close;
  }

  /** Started a second time, it writes all anew. */
  #state(job: JobSummary): void {
    const isAnew = job.attempts > Math.max(1, this.#now.job.attempts);
    this.#set({ job, link: 'following', ...(isAnew ? { texts: noTexts(), isTail: false } : {}) });
  }

  #output(segments: readonly OutputSegment[], entry: string): void {
    this.#after = entry;
    const texts = this.#now.isTail ? noTexts() : this.#now.texts;
    append(texts, segments);
    this.#set({ texts, link: 'following', isTail: false });
  }

  async #isStillThere(): Promise<boolean> {
    const read = await fetchJob(this.#now.job.id);
    if (!read.ok && read.status === 401) this.#set({ link: 'signed-out' });
    else if (!read.ok && read.status === 404) this.#set({ link: 'gone' });
    else return true;
    return false;
  }

  #set(change: Partial<Followed>): void {
    this.#now = { ...this.#now, ...change, edition: this.#now.edition + 1 };
    if (this.#isTold) return;
    this.#isTold = true;
    // A page in the background has no frames, and needs none.
    requestAnimationFrame(() => {
      this.#isTold = false;
      for (const listener of this.#listeners) listener();
    });
  }
}

function noTexts(): Texts {
  return { both: new OutputText(), stdout: new OutputText(), stderr: new OutputText() };
}

function append(texts: Texts, segments: readonly OutputSegment[]): void {
  texts.both.append(segments);
  texts.stdout.append(segments.filter(({ stream }) => stream === 'stdout'));
  texts.stderr.append(segments.filter(({ stream }) => stream === 'stderr'));
}
