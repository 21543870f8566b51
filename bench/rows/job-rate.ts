import * as z from 'zod';
import { JobService } from '../support/job-service.ts';
import { inBench } from '../support/programs.ts';
import { smallest } from '../support/smallest-scripts.ts';
import { median } from '../support/statistics.ts';
import { Subject } from '../support/subject.ts';
import type { Family, Row, Run } from './row.ts';

const CONCURRENCIES = [1, 4, 8] as const;
const JOBS = { whole: 200, quick: 60 };
/** Clients that submit at the same time, each one job after another. */
const CLIENTS = 8;
const ANSWER_MS = 60_000;
/** At the best concurrency. */
const BUDGET = { of: 'median', limit: 'at least', value: 60 } as const;

const idOf = (concurrency: number) => `jobs-${concurrency}-rate`;
const took = z.object({ ms: z.number() });

/** Trivial jobs through the whole service, beside as many child processes of one process, as many at a time. */
export const jobRate: Family = {
  ids: CONCURRENCIES.map(idOf),
  what: 'jobs a second',
  async measure(run) {
    await using plain = await Subject.start({
      command: process.execPath,
      args: [inBench('subjects', 'plain-scripts.ts')],
    });
    const rows: Row[] = [];
    for (const concurrency of CONCURRENCIES)
      if (run.wanted(idOf(concurrency))) rows.push(await measureConcurrency(run, plain, concurrency));
    const best = rows.toSorted((a, b) => median(b.values) - median(a.values))[0];
    return rows.map((row) => (row === best ? { ...row, budget: BUDGET } : row));
  },
};

async function measureConcurrency(run: Run, plain: Subject, concurrency: number): Promise<Row> {
  await using service = await JobService.start({
    JOBS_CONCURRENCY: String(concurrency),
    JOBS_RUNNING_PER_USER: String(concurrency),
  });
  const times = run.quick ? JOBS.quick : JOBS.whole;
  const values: number[] = [];
  const baseline: number[] = [];
  // The round before the first warms everybody up and counts for nobody.
  for (let round = 0; round <= run.rounds; round += 1) {
    run.say(`jobs, ${concurrency} at a time: round ${round} of ${run.rounds}`);
    const ours = await runJobs(service, times);
    const order = { do: 'run', code: smallest.python, times, atOnce: concurrency };
    const theirs = await plain.ask(order, took, ANSWER_MS);
    if (round === 0) continue;
    values.push((times / ours) * 1_000);
    baseline.push((times / theirs.ms) * 1_000);
  }
  return {
    id: idOf(concurrency),
    what: `trivial Python jobs, ${concurrency} at a time: submitted → DONE`,
    unit: '/s',
    values,
    baseline,
  };
}

/** How long they took from the first one's submission to the last one's end, by the times that the jobs carry. */
async function runJobs(service: JobService, times: number): Promise<number> {
  let left = times;
  const ids: number[] = [];
  const client = async () => {
    while (left-- > 0) ids.push(await service.submit({ language: 'python', code: smallest.python }));
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const jobs = await service.ended(ids);
  const done = jobs.filter(({ status }) => status === 'DONE');
  if (done.length < times) throw new Error(`${done.length} of ${times} jobs are DONE`);
  const ends = done.map(({ endedAt }) => endedAt ?? Number.NaN);
  return Math.max(...ends) - Math.min(...done.map(({ queuedAt }) => queuedAt));
}
