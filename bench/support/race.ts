import { execFileSync } from 'node:child_process';
import { Redis } from 'ioredis';
import * as z from 'zod';
import { startRedis } from '../../e2e/support/redis-server.ts';
import type { Run } from '../rows/row.ts';
import type { ChildOrder } from './child.ts';
import { inBench } from './programs.ts';
import { sampleText } from './sample.ts';
import { Subject } from './subject.ts';

export const INPUT_KEY = 'metrics';
const SLACK_MS = 20_000;
const WARM_UP_SLICES = 4;

const answer = z.object({ done: z.number(), ms: z.number() });

export type Contestant = { id: string; order: (url: string) => Omit<ChildOrder, 'cpu'> };

/** A function in Vigia, as a contestant: run back to back by the class that the functions role uses. */
export function functionLoop(name: string, env: Readonly<Record<string, string>>): Contestant['order'] {
  return (url) => ({
    command: process.execPath,
    args: [inBench('subjects', 'function-loop.ts')],
    env: {
      NODE_ENV: 'production',
      REDIS_URL: url,
      REDIS_INPUT_KEY: INPUT_KEY,
      REDIS_OUTPUT_KEY: `${name}-output`,
      FUNCTION_NAME: name,
      ...env,
    },
  });
}

/** One after another in each round, on one Redis; how often each did its work a second, one figure a round. */
export async function race(
  run: Run,
  contestants: readonly Contestant[],
  { what, cpu }: { what: string; cpu: number | undefined },
): Promise<(id: string) => number[]> {
  await using stack = new AsyncDisposableStack();
  const redis = stack.use(await startRedis());
  // All of its threads; what we start afterwards is pinned as it starts.
  if (cpu !== undefined) execFileSync('taskset', ['-a', '-p', '-c', String(cpu), String(redis.pid)]);
  await seed(redis.url);
  const subjects: { id: string; subject: Subject }[] = [];
  for (const { id, order } of contestants) {
    subjects.push({ id, subject: stack.use(await Subject.start({ ...order(redis.url), cpu })) });
  }
  const rates = new Map(contestants.map(({ id }) => [id, [] as number[]]));
  const slice = run.quick ? 300 : 1_000;
  // The round before the first counts for nobody: a just-in-time compiler needs seconds to know what is hot.
  for (let round = 0; round <= run.rounds; round += 1) {
    const ms = round === 0 ? WARM_UP_SLICES * slice : slice;
    run.say(`${what}, ${cpu === undefined ? 'free' : `all on CPU ${cpu}`}: round ${round} of ${run.rounds}`);
    for (const { id, subject } of subjects) {
      const { done, ms: took } = await subject.ask({ ms }, answer, ms + SLACK_MS);
      if (round > 0) rates.get(id)?.push((done / took) * 1_000);
    }
  }
  return (id) => rates.get(id) ?? [];
}

async function seed(url: string): Promise<void> {
  const redis = new Redis(url);
  await redis.set(INPUT_KEY, sampleText);
  redis.disconnect();
}
