import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import { callWorkers } from '#lib/jobs/call-workers';
import { endJob, type RunEnd } from '#lib/jobs/end-job';
import { handBackJob } from '#lib/jobs/hand-back-job';
import type { TakenJob } from '#lib/jobs/take-job';
import { JOB_DETAILS } from '#lib/schemas/job-details';
import type { Executor } from './executors/executor.ts';
import { OutputWriter } from './output-writer.ts';
import { untilAnswered } from './until-answered.ts';

type Why = 'cancelled' | 'stopping' | 'gone';

/** One job while it is this worker's. */
export class JobRun {
  readonly job: TakenJob;
  /** What it shows with all that it writes. */
  readonly run: string;
  readonly #ctx: Context;
  readonly #executor: Executor;
  readonly #stop = new AbortController();
  #why: Why | null = null;

  constructor(ctx: Context, executor: Executor, job: TakenJob, run: string) {
    this.#ctx = ctx;
    this.#executor = executor;
    this.job = job;
    this.run = run;
  }

  get id(): number {
    return this.job.id;
  }

  /** Somebody wants it to end. */
  cancel(): void {
    this.#end('cancelled');
  }

  /** The worker stops, and has waited for it as long as it could. */
  handBack(): void {
    this.#end('stopping');
  }

  /** It was given up on, and perhaps to somebody else. */
  abandon(): void {
    this.#end('gone');
  }

  /** Resolves when the job has ended and that is written, or at `patience`. */
  async live(patience: AbortSignal): Promise<void> {
    const { log } = this.#ctx;
    const startedAt = performance.now();
    const writer = new OutputWriter(this.#ctx, { id: this.id, run: this.run }, patience, () => this.abandon());
    const end = await this.#execute(writer);
    await writer.end();
    const told = await this.#tell(end, patience);
    const tookMs = Math.round(performance.now() - startedAt);
    const { reason, exitCode, detail } = end;
    if (told === 'ended') log.info({ job: this.id, reason, exitCode, detail, tookMs }, 'job ended');
    else if (told === 'handed back') log.info({ job: this.id, tookMs }, 'a job was cut off, as its worker stops');
    else log.warn({ job: this.id, reason, tookMs }, 'a job was given up on before it ended; its result is dropped');
  }

  #end(why: Why): void {
    // The first one counts, but what is not ours any more is not to be written about.
    if (this.#why === null || why === 'gone') this.#why = why;
    this.#stop.abort();
  }

  async #execute(writer: OutputWriter): Promise<RunEnd> {
    try {
      return await this.#executor.execute(this.job, {
        onOutput: (stream, text) => writer.write(stream, text),
        signal: this.#stop.signal,
      });
    } catch (error) {
      return lost(messageOf(error));
    }
  }

  /** Null when the job was not this run's any more. */
  async #tell(end: RunEnd, patience: AbortSignal): Promise<'ended' | 'handed back' | null> {
    if (this.#why === 'gone') return null;
    const isHandedBack = this.#why === 'stopping' && end.reason === 'cancelled';
    if (!isHandedBack) return (await untilAnswered(() => endJob(this.#ctx, this, end), patience)) ? 'ended' : null;
    const waitsAgain = await untilAnswered(() => handBackJob(this.#ctx, this, JOB_DETAILS.workerStopped), patience);
    if (waitsAgain) await callWorkers(this.#ctx, { count: 1, language: this.job.language });
    return 'handed back';
  }
}

function lost(detail: string): RunEnd {
  return { reason: 'lost', exitCode: null, truncated: false, killed: 0, detail };
}
