import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { descendantsOf } from '#runtime/supervise/process-tree';
import { JobService } from '../support/job-service.ts';
import { inBench } from '../support/programs.ts';
import { percentile } from '../support/statistics.ts';
import { Subject } from '../support/subject.ts';
import type { Budget, Family, Row, Run } from './row.ts';

/** Says that it is there, and ends. */
const HELLO = 'import os\nos.write(1, b"here\\n")';
/** Says that it is there, and goes on until it is stopped; the first one in four processes. */
const FAMILY = 'import os\nos.fork()\nos.fork()\nos.write(1, b"here\\n")\nwhile True: pass';
const FOREVER = 'import os\nos.write(1, b"here\\n")\nwhile True: pass';

const TIME_LIMIT_MS = 1_000;
const TIMES = { whole: 40, quick: 10 };
const LIMIT_TIMES = { whole: 8, quick: 2 };
const LOOK_MS = 1;
const DEAD_MS = 10_000;
const ANSWER_MS = 30_000;

const took = z.object({ ms: z.number() });

type Sides = { values: number[][]; baseline: number[][] };

/** What people wait for with a job: its first words, its end when they cancel it, and that at the limit of its time. */
export const jobLatency: Family = {
  ids: ['job-first-p50', 'job-first-p99', 'job-cancel-p99', 'job-timeout-p99'],
  what: 'how soon a job does what it is told',
  async measure(run) {
    await using plain = await Subject.start({
      command: process.execPath,
      args: [inBench('subjects', 'plain-scripts.ts')],
    });
    const rows: Row[] = [];
    if (['job-first-p50', 'job-first-p99', 'job-cancel-p99'].some(run.wanted)) {
      await using service = await JobService.start();
      rows.push(...(await measureFirstOutput(run, service, plain)), await measureCancel(run, service, plain));
    }
    if (run.wanted('job-timeout-p99')) {
      await using service = await JobService.start({ JOBS_TIME_LIMIT: String(TIME_LIMIT_MS / 1_000) });
      rows.push(await measureTimeout(run, service, plain));
    }
    return rows.filter(({ id }) => run.wanted(id));
  },
};

async function measureFirstOutput(run: Run, service: JobService, plain: Subject): Promise<Row[]> {
  const sides = await measure(run, 'first output of a job', TIMES, {
    ours: async () => {
      const startedAt = performance.now();
      await service.firstOutput(await service.submit({ code: HELLO }));
      return performance.now() - startedAt;
    },
    theirs: async () => (await plain.ask({ do: 'hear', code: HELLO }, took, ANSWER_MS)).ms,
  });
  const what = 'job submitted → its first output at a follower';
  return [rowOf('job-first-p50', what, 0.5, sides), rowOf('job-first-p99', what, 0.99, sides)];
}

async function measureCancel(run: Run, service: JobService, plain: Subject): Promise<Row> {
  const answers: number[] = [];
  const sides = await measure(run, 'cancelling jobs', TIMES, {
    ours: async () => {
      const id = await service.submit({ code: FAMILY });
      await service.firstOutput(id);
      const processes = descendantsOf(service.worker.pid);
      const startedAt = performance.now();
      const answered = service.cancel(id).then(() => answers.push(performance.now() - startedAt));
      await allDead(service.worker.pid, processes);
      const deadMs = performance.now() - startedAt;
      await answered;
      return deadMs;
    },
    theirs: async () => (await plain.ask({ do: 'kill', code: FOREVER }, took, ANSWER_MS)).ms,
  });
  const row = rowOf('job-cancel-p99', 'job cancelled → its processes are dead', 0.99, sides, 500);
  return { ...row, notes: [`the answer comes after ${percentile(answers, 0.5).toFixed(0)} ms (p50)`] };
}

async function measureTimeout(run: Run, service: JobService, plain: Subject): Promise<Row> {
  const sides = await measure(run, 'jobs at the limit of their time', LIMIT_TIMES, {
    ours: async () => {
      const [job] = await service.ended([await service.submit({ code: FOREVER })]);
      if (job?.reason !== 'timeout') throw new Error(`a job for ever ended with ${job?.reason}`);
      return (job.endedAt ?? Number.NaN) - (job.startedAt ?? Number.NaN) - TIME_LIMIT_MS;
    },
    theirs: async () => {
      const { ms } = await plain.ask({ do: 'limit', code: FOREVER, ms: TIME_LIMIT_MS }, took, ANSWER_MS);
      return ms - TIME_LIMIT_MS;
    },
  });
  const what = `job over its time: from the limit of ${TIME_LIMIT_MS / 1_000} s to its end`;
  return rowOf('job-timeout-p99', what, 0.99, sides, 500);
}

type Times = { ours: () => Promise<number>; theirs: () => Promise<number> };

async function measure(run: Run, what: string, times: typeof TIMES, { ours, theirs }: Times): Promise<Sides> {
  const sides: Sides = { values: [], baseline: [] };
  // The round before the first warms everybody up and counts for nobody.
  for (let round = 0; round <= run.rounds; round += 1) {
    run.say(`${what}: round ${round} of ${run.rounds}`);
    const measured = { ours: [] as number[], theirs: [] as number[] };
    for (let time = 0; time < (round === 0 ? 1 : run.quick ? times.quick : times.whole); time += 1) {
      measured.ours.push(await ours());
      measured.theirs.push(await theirs());
    }
    if (round === 0) continue;
    sides.values.push(measured.ours);
    sides.baseline.push(measured.theirs);
  }
  return sides;
}

function rowOf(id: string, what: string, share: number, { values, baseline }: Sides, most?: number): Row {
  const budget: Budget | undefined = most === undefined ? undefined : { of: 'median', limit: 'at most', value: most };
  return {
    id,
    what: `${what}, p${share * 100}`,
    unit: 'ms',
    values: values.map((round) => percentile(round, share)),
    baseline: baseline.map((round) => percentile(round, share)),
    ...(budget === undefined ? {} : { budget }),
  };
}

/** Resolves when none of these is left below the worker; it is told by the kernel, not by whoever was to kill them. */
async function allDead(worker: number, processes: readonly number[]): Promise<void> {
  for (const until = performance.now() + DEAD_MS; ; await sleep(LOOK_MS)) {
    const left = new Set(descendantsOf(worker));
    if (!processes.some((pid) => left.has(pid))) return;
    if (performance.now() > until) throw new Error(`${left.size} processes of a cancelled job are left`);
  }
}
