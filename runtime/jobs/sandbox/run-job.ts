import { messageOf } from '#lib/errors';
import type { DescriptorMaker } from './job-descriptors.ts';
import type { JobUsers } from './job-users.ts';
import { Output } from './output.ts';
import type { EndReason, JobOrder, Outcome, Tier } from './sandbox.ts';
import type { Confine, ConfinedJob, Ending } from './tiers/confine.ts';
import { watchJob } from './watch/watch-job.ts';

export type JobMachinery = { tier: Tier; confine: Confine; users: JobUsers; descriptors: DescriptorMaker };

/** The life of one job, the same in every tier: start it, watch it, end it for the first reason that there is, tell how it was. */
export async function runJob(machinery: JobMachinery, order: JobOrder): Promise<Outcome> {
  const startedAt = Date.now();
  const began = performance.now();
  const output = new Output(order.limits.outputBytes, order.onOutput);
  const { reason, ending } = order.signal?.aborted
    ? { reason: 'cancelled' as const, ending: { exitCode: 0, killed: 0 } }
    : await live(machinery, order, output).catch((error: unknown) => ({
        reason: 'lost' as const,
        ending: { lost: messageOf(error), killed: 0 },
      }));
  output.end();
  return {
    tier: machinery.tier,
    reason,
    exitCode: reason === 'exit' && 'exitCode' in ending ? ending.exitCode : null,
    detail: reason === 'lost' && 'lost' in ending ? ending.lost : null,
    stdout: output.text('stdout'),
    stderr: output.text('stderr'),
    output: output.pieces,
    truncated: output.truncated,
    killed: ending.killed,
    startedAt,
    durationMs: performance.now() - began,
  };
}

async function live(
  { confine, users, descriptors: maker }: JobMachinery,
  order: JobOrder,
  output: Output,
): Promise<{ reason: EndReason; ending: Ending }> {
  using cleanUp = new DisposableStack();
  const user = cleanUp.adopt(users.take(), (taken) => users.giveBack(taken));
  const descriptors = cleanUp.use(await maker.make(order.input, user));
  const { input, stdout, stderr, streams, handedOver } = descriptors;
  const job = await confine({ order, user, descriptors: [input, stdout, stderr] });
  handedOver();

  const end = new JobEnd(job);
  for (const stream of ['stdout', 'stderr'] as const) {
    streams[stream].on('data', (chunk: Buffer) => {
      output.write(stream, chunk);
      if (output.truncated) end.because('output');
    });
  }
  const timer = setTimeout(() => end.because('timeout'), order.limits.timeMs);
  cleanUp.defer(() => clearTimeout(timer));
  cleanUp.use(watchJob(job, order.limits, (reason) => end.because(reason)));
  cleanUp.use(whenAborted(order.signal, () => end.because('cancelled')));

  const ending = await job.ended;
  await descriptors.readToEnd();
  await job.cleanUp();
  return { reason: end.reason ?? ('lost' in ending ? 'lost' : 'exit'), ending };
}

/** The first reason to end a job is the one that counts. */
class JobEnd {
  reason: EndReason | null = null;
  readonly #job: ConfinedJob;

  constructor(job: ConfinedJob) {
    this.#job = job;
  }

  because(reason: EndReason): void {
    if (this.reason !== null) return;
    this.reason = reason;
    void this.#job.stop();
  }
}

function whenAborted(signal: AbortSignal | undefined, act: () => void): Disposable {
  signal?.addEventListener('abort', act, { once: true });
  if (signal?.aborted) act();
  return { [Symbol.dispose]: () => signal?.removeEventListener('abort', act) };
}
