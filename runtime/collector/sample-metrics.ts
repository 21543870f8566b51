import { Counter, Gauge, type Registry } from '@prometheus-io/client';

/** What the collector counts of its samples. */
export class SampleMetrics {
  readonly #samples: Counter<'outcome'>;
  readonly #lastAt: Gauge;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#samples = new Counter({
      name: 'vigia_samples_total',
      help: 'Samples of this machine, by whether they could be written.',
      labelNames: ['outcome'],
      registers,
    });
    this.#lastAt = new Gauge({
      name: 'vigia_last_sample_timestamp_seconds',
      help: 'When a sample was last written.',
      registers,
    });
  }

  written(): void {
    this.#samples.inc({ outcome: 'written' });
    this.#lastAt.setToCurrentTime();
  }

  failed(): void {
    this.#samples.inc({ outcome: 'failed' });
  }
}
