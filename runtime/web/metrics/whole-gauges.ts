import { Gauge, type Registry } from '@prometheus-io/client';
import { functionStatus } from '#lib/schemas/function';
import type { Readings } from './readings.ts';

/** What there is to see of the program as a whole: Redis, roles, functions by status, jobs. */
export class WholeGauges {
  readonly #redisUp: Gauge;
  readonly #redisLatency: Gauge;
  readonly #redisMemory: Gauge;
  readonly #roles: Gauge<'role'>;
  readonly #functions: Gauge<'status'>;
  readonly #jobs: Gauge<'state'>;
  readonly #waiting: Gauge<'language'>;
  readonly #workers: Gauge<'executor' | 'tier'>;

  constructor(registry: Registry) {
    const registers = [registry];
    const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
      new Gauge({ name, help, labelNames, registers });
    this.#redisUp = gauge('vigia_redis_up', 'Whether Redis answers.');
    this.#redisLatency = gauge('vigia_redis_latency_seconds', 'How long Redis took to answer.');
    this.#redisMemory = gauge('vigia_redis_memory_bytes', 'Memory that Redis uses.');
    this.#roles = gauge('vigia_role_processes', 'Processes that say they play a role.', ['role']);
    this.#functions = gauge('vigia_functions', 'Functions by status.', ['status']);
    this.#jobs = gauge('vigia_jobs', 'Jobs by state; those that have ended are counted while they are kept.', [
      'state',
    ]);
    this.#waiting = gauge('vigia_jobs_waiting', 'Jobs that wait, by language.', ['language']);
    this.#workers = gauge(
      'vigia_job_workers',
      'Workers by how they confine jobs; the tier is empty where they cannot.',
      ['executor', 'tier'],
    );
  }

  show(readings: Readings | null): void {
    for (const metric of [this.#roles, this.#functions, this.#jobs, this.#waiting, this.#workers]) metric.reset();
    this.#redisUp.set(readings?.redis.ok ? 1 : 0);
    // What Redis would say is unknown now, and not zero.
    this.#redisLatency.remove();
    this.#redisMemory.remove();
    if (readings === null) return;
    const { redis, roles, functions, jobs, workers } = readings;
    if (redis.latencyMs !== null) this.#redisLatency.set(redis.latencyMs / 1000);
    if (redis.memoryBytes !== null) this.#redisMemory.set(redis.memoryBytes);
    for (const [role, count] of Object.entries(roles ?? {})) this.#roles.set({ role }, count);
    for (const status of functionStatus.options) {
      this.#functions.set({ status }, functions.filter(({ state }) => state.status === status).length);
    }
    const waiting = jobs.waiting.reduce((sum, each) => sum + each.waiting, 0);
    this.#jobs.set({ state: 'waiting' }, waiting);
    this.#jobs.set({ state: 'running' }, jobs.running);
    this.#jobs.set({ state: 'ended' }, jobs.ended);
    for (const each of jobs.waiting) this.#waiting.set({ language: each.language }, each.waiting);
    for (const { executor, tier } of workers) this.#workers.inc({ executor, tier: tier ?? '' });
  }
}
