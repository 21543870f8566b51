import { Counter, Gauge, type Registry } from '@prometheus-io/client';
import { numbersIn } from '#lib/series/flatten';
import type { FunctionReading } from './readings.ts';

/** What there is to see of each function, from its state and its newest result. */
export class FunctionGauges {
  readonly #most: number;
  readonly #info: Gauge<'function' | 'language' | 'version' | 'status'>;
  readonly #ticks: Counter<'function' | 'version' | 'outcome'>;
  readonly #late: Counter<'function'>;
  readonly #lastAt: Gauge<'function'>;
  readonly #duration: Gauge<'function'>;
  readonly #lag: Gauge<'function'>;
  readonly #failedInARow: Gauge<'function'>;
  readonly #series: Gauge<'function' | 'series'>;
  readonly #leftOut: Gauge;

  /** At most so many series are shown, however many the results have. */
  constructor(registry: Registry, most: number) {
    this.#most = most;
    const registers = [registry];
    const ofFunction = <L extends string>(name: string, help: string, labels: readonly L[] = []) =>
      new Gauge({ name, help, labelNames: ['function' as const, ...labels], registers });
    this.#info = ofFunction('vigia_function_info', 'Each function, its code and its status.', [
      'language',
      'version',
      'status',
    ]);
    this.#ticks = new Counter({
      name: 'vigia_function_ticks_total',
      help: 'Invocations of the version that runs, since its runtime started, good and failed.',
      registers,
      labelNames: ['function', 'version', 'outcome'],
    });
    this.#late = new Counter({
      name: 'vigia_function_ticks_missed_total',
      help: 'Periods skipped since its runtime started: a tick was still running, or the function changed hands.',
      registers,
      labelNames: ['function'],
    });
    this.#lastAt = ofFunction('vigia_function_last_tick_timestamp_seconds', 'When it was last called.');
    this.#duration = ofFunction('vigia_function_last_duration_seconds', 'How long its newest invocation took.');
    this.#lag = ofFunction('vigia_function_last_lag_seconds', 'How late its newest invocation started.');
    this.#failedInARow = ofFunction('vigia_function_failed_in_a_row', 'How many invocations in a row have failed.');
    this.#series = ofFunction('vigia_series', 'Every number of the newest result; none while that is a failure.', [
      'series',
    ]);
    this.#leftOut = new Gauge({
      name: 'vigia_series_left_out',
      help: 'Series beyond METRICS_SERIES, which are not shown.',
      registers,
    });
  }

  show(functions: readonly FunctionReading[]): void {
    for (const metric of [this.#info, this.#ticks, this.#late, this.#lastAt, this.#duration, this.#lag]) metric.reset();
    for (const metric of [this.#failedInARow, this.#series, this.#leftOut]) metric.reset();
    let shown = 0;
    for (const { state, newest } of functions) {
      const of = { function: state.name };
      const { language, version, status, ticks, lastTickAt } = state;
      this.#info.set({ ...of, language, version, status }, 1);
      this.#ticks.inc({ ...of, version, outcome: 'good' }, ticks.done - ticks.failed);
      this.#ticks.inc({ ...of, version, outcome: 'failed' }, ticks.failed);
      this.#late.inc(of, ticks.late);
      this.#failedInARow.set(of, state.failedInARow);
      if (lastTickAt !== null) this.#lastAt.set(of, lastTickAt / 1000);
      if (newest === null) continue;
      this.#duration.set(of, newest.tookMs / 1000);
      this.#lag.set(of, newest.lagMs / 1000);
      for (const [series, value] of numbersIn(newest.result ?? '')) {
        if (shown < this.#most) this.#series.set({ ...of, series }, value);
        else this.#leftOut.inc();
        shown += 1;
      }
    }
  }
}
