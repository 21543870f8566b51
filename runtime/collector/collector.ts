import { access } from 'node:fs/promises';
import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import { pause } from '#lib/lifecycle';
import type { SampleMetrics } from './sample-metrics.ts';
import { sampleText } from './sample-text.ts';
import { createSampler } from './sampler.ts';
import { releaseSharedKey } from './shared-key.ts';
import { type Roots, thisMachine } from './sources/source.ts';
import { writeSample } from './write-sample.ts';

/** CPU percentages need two readings; the first sample waits this long for its second one. */
const FIRST_INTERVAL_MS = 250;

type Options = {
  /** Where the kernel's files are, unless the configuration's. */
  roots?: Roots;
  /** Null where nobody can ask for them. */
  metrics?: SampleMetrics | null;
};

/** Writes a sample of the machine to the input key every period, until the signal or its disposal. */
export async function startCollector(
  ctx: Context,
  signal: AbortSignal,
  { roots = { ...thisMachine, proc: ctx.config.collector.proc }, metrics = null }: Options = {},
): Promise<AsyncDisposable> {
  const { key, periodMs } = ctx.config.collector;
  const stop = new AbortController();
  let running = Promise.resolve();
  if (await exists(`${roots.proc}/stat`)) {
    ctx.log.info(`writing this machine's metrics to "${key}" every ${periodMs / 1000} s`);
    running = collect(ctx, AbortSignal.any([signal, stop.signal]), roots, metrics);
  } else {
    ctx.log.warn(`collecting needs Linux: there is no ${roots.proc}/stat here, so nothing writes to "${key}"`);
  }
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
      await releaseSharedKey(ctx).catch(() => {
        // Redis is away: it runs out by itself.
      });
    },
  };
}

async function collect(ctx: Context, signal: AbortSignal, roots: Roots, metrics: SampleMetrics | null): Promise<void> {
  const { periodMs } = ctx.config.collector;
  const sample = createSampler(roots, ctx.log);
  let failing = false;
  await sample();
  await pause(Math.min(FIRST_INTERVAL_MS, periodMs), signal);
  const startedAt = performance.now();
  for (let round = 0; !signal.aborted; round = nextRound(round, performance.now() - startedAt, periodMs)) {
    await pause(Math.max(0, startedAt + round * periodMs - performance.now()), signal);
    if (signal.aborted) return;
    try {
      await writeSample(ctx, sampleText(new Date(), await sample()));
      metrics?.written();
      if (failing) ctx.log.info('samples are written again');
      failing = false;
    } catch (error) {
      metrics?.failed();
      if (!failing) ctx.log.warn({ reason: messageOf(error) }, 'a sample could not be written; trying each period');
      failing = true;
    }
  }
}

/** The first round after `round` whose time has not passed yet: rounds that are late are skipped, not caught up on. */
export function nextRound(round: number, elapsedMs: number, periodMs: number): number {
  return Math.max(round + 1, Math.ceil(elapsedMs / periodMs));
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
