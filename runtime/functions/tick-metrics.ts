import { Counter, Histogram, type Registry } from '@prometheus-io/client';
import type { Served } from './hosts/host.ts';
import type { Timing } from './ledger.ts';

/** Functions beyond this many are counted together: names come from people, and a scrape must stay small. */
const MOST_NAMES = 200;
const OTHERS = 'others';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What the functions role counts of its ticks. */
export class TickMetrics {
  readonly #names = new Set<string>();
  readonly #invocations: Counter<'function' | 'version' | 'outcome'>;
  readonly #missed: Counter<'function'>;
  readonly #lag: Histogram<'function'>;
  readonly #duration: Histogram<'function'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#invocations = new Counter({
      name: 'vigia_invocations_total',
      help: 'Invocations by how they ended: result, nothing, or the kind of the failure.',
      labelNames: ['function', 'version', 'outcome'],
      registers,
    });
    this.#missed = new Counter({
      name: 'vigia_ticks_missed_total',
      help: 'Periods skipped: a tick was still running, or the function changed hands.',
      labelNames: ['function'],
      registers,
    });
    this.#lag = new Histogram({
      name: 'vigia_tick_lag_seconds',
      help: 'How late ticks start.',
      labelNames: ['function'],
      buckets: SECONDS,
      registers,
    });
    this.#duration = new Histogram({
      name: 'vigia_tick_duration_seconds',
      help: 'How long invocations take.',
      labelNames: ['function'],
      buckets: SECONDS,
      registers,
    });
  }

  ran(name: string, version: string, outcome: Served, { tookMs, lagMs }: Timing): void {
    const labels = { function: this.#nameFor(name) };
    this.#lag.observe(labels, lagMs / 1000);
    this.#duration.observe(labels, tookMs / 1000);
    this.#count(labels, version, outcome.kind === 'failed' ? outcome.failure.kind : outcome.kind);
  }

  /** Code of that version did not load. */
  didNotLoad(name: string, version: string): void {
    this.#count({ function: this.#nameFor(name) }, version, 'init');
  }

  missed(name: string, count: number): void {
    if (count > 0) this.#missed.inc({ function: this.#nameFor(name) }, count);
  }

  /** Versions of what is counted together are nobody's. */
  #count(labels: { function: string }, version: string, outcome: string): void {
    this.#invocations.inc({ ...labels, version: labels.function === OTHERS ? '' : version, outcome });
  }

  #nameFor(name: string): string {
    if (this.#names.has(name)) return name;
    if (this.#names.size >= MOST_NAMES) return OTHERS;
    this.#names.add(name);
    return name;
  }
}
