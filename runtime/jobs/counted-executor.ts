import { Counter, Gauge, Histogram, type Registry } from '@prometheus-io/client';
import type { Executor, NoExecutor } from './executors/executor.ts';

const SECONDS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The same executor, with what it does counted. */
export function countedExecutor<E extends Executor | NoExecutor>(executor: E, registry: Registry): E | Executor {
  const registers = [registry];
  new Gauge({
    name: 'vigia_sandbox_info',
    help: 'How this worker confines jobs; the tier is empty when it cannot, and refuses them.',
    labelNames: ['executor', 'tier'],
    registers,
  }).set({ executor: executor.name, tier: executor.tier ?? '' }, 1);
  if (executor.tier === null) return executor;
  const running = new Gauge({ name: 'vigia_jobs_running', help: 'Jobs that run in this worker.', registers });
  const ended = new Counter({
    name: 'vigia_jobs_ended_total',
    help: 'Jobs that ended in this worker, by language and reason.',
    labelNames: ['language', 'reason'],
    registers,
  });
  const duration = new Histogram({
    name: 'vigia_job_duration_seconds',
    help: 'How long jobs ran in this worker.',
    labelNames: ['language'],
    buckets: SECONDS,
    registers,
  });
  const { name, tier, languages, missing } = executor;
  return {
    ...{ name, tier, languages, missing },
    [Symbol.asyncDispose]: () => executor[Symbol.asyncDispose](),
    async execute(execution, observation) {
      const { language } = execution;
      running.inc();
      const stop = duration.startTimer({ language });
      try {
        const end = await executor.execute(execution, observation);
        ended.inc({ language, reason: end.reason });
        return end;
      } finally {
        stop();
        running.dec();
      }
    },
  };
}
