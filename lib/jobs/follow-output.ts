import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { isUnavailable } from '#lib/errors';
import type { JobSummary, OutputEntry } from '#lib/schemas/job';
import type { JobChanges } from './job-changes.ts';
import { START } from './output-entries.ts';
import { readOutput } from './read-output.ts';

export type Followed =
  | { kind: 'output'; entry: OutputEntry }
  | { kind: 'state' | 'end'; job: JobSummary }
  /** Nothing can be read now; when it can again, a `state` says how the job is, unless it has ended. */
  | { kind: 'away' };

type Follow = {
  id: number;
  /** The last entry that is known already. */
  after?: string | undefined;
  changes: JobChanges;
  signal: AbortSignal;
};

/** Told instead of a state. */
const AWAY = 'away';

/**
 * Everything that a job writes after a place, as it comes, each state that it gets into, and what it waits for; `end` comes last. It tells
 * and waits out an outage of Redis once it has begun, and ends early at the signal. When a job is started a second time, its output begins
 * anew after the state that says so.
 */
export async function* followOutput(
  ctx: Context,
  caller: Caller,
  { id, after = START, changes, signal }: Follow,
): AsyncGenerator<Followed, void> {
  using listening = changes.listen(id);
  let last = after;
  let told = '';
  while (!signal.aborted) {
    const page = await readOutput(ctx, caller, { id, after: last }).catch((error: unknown) => {
      if (told === '' || !isUnavailable(error)) throw error;
      return null;
    });
    if (page === null) {
      if (told !== AWAY) yield { kind: 'away' };
      told = AWAY;
    } else {
      const { job, entries, more } = page;
      const isOver = job.endedAt !== null && !more;
      const state = `${job.status} ${job.attempts} ${job.waitingFor}`;
      if (state !== told && job.endedAt === null) yield { kind: 'state', job };
      told = state;
      for (const entry of entries) yield { kind: 'output', entry };
      last = entries.at(-1)?.id ?? last;
      if (isOver) return yield { kind: 'end', job };
      if (more) continue;
    }
    await listening.next(signal);
  }
}
