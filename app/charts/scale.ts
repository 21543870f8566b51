import type { Format } from '../format/format-for.ts';
import type { Kind } from '../format/numbers.ts';
import { unitFor } from '../format/units.ts';

type Scale = { min: number; max: number; ticks: { value: number; label: string }[] };

const STEPS = [1, 1.5, 2, 2.5, 5, 10];

/** The smallest clean number that is not less: 0.08 → 0.1, 12.3 → 15. */
export function cleanStep(least: number): number {
  if (!(least > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = STEPS.find((candidate) => candidate * power >= least * (1 - 1e-9)) ?? 10;
  return Number((step * power).toPrecision(12));
}

/** So long a label, its unit included, still has room beside a plot on a phone. */
const MOST_LETTERS = 7;
/** More has the next unit where there is one, so that a label stays short. */
const MOST_OF_UNIT = 500;

type Extent = { kind: Kind; low: number; high: number; intervals: number };
type Writing = Pick<Format, 'tick' | 'compact'>;

/**
 * From 0 up to a clean maximum, with the unit on the top tick. A CPU's is always 0 to 100. With negative values it
 * starts at a clean minimum instead. What is told by the second is said beside the title: a phone has no room for it here.
 */
export function scaleFor(format: Writing, { kind, low, high, intervals }: Extent): Scale {
  if (kind === 'cpu' && high <= 100) return ticked(0, 25, 4, format, '%');
  const written = axisUnit(kind, Math.max(Math.abs(low), Math.abs(high)));
  if (written !== null) {
    const { divisor, unit } = written;
    const { min, max, ticks } = clean(low / divisor, high / divisor, intervals, format, unit);
    return {
      min: min * divisor,
      max: max * divisor,
      ticks: ticks.map(({ value, label }) => ({ value: value * divisor, label })),
    };
  }
  return clean(low, high, intervals, format, kind === 'other' ? '' : '%');
}

function axisUnit(kind: Kind, largest: number): { divisor: number; unit: string } | null {
  const least = unitFor(kind, largest);
  const isMuch = least !== null && largest / least.divisor > MOST_OF_UNIT;
  const written = isMuch ? unitFor(kind, (largest * 1_024) / MOST_OF_UNIT) : least;
  return written === null ? null : { ...written, unit: written.unit.replace(/\/s$/, '') };
}

function clean(low: number, high: number, intervals: number, format: Writing, unit: string): Scale {
  const top = Math.max(high, 0);
  const bottom = Math.min(low, 0);
  if (top === bottom) return ticked(0, 1, 1, format, unit);
  const step = cleanStep((top - bottom) / intervals);
  const start = Math.floor(bottom / step) * step;
  const steps = Math.max(2, Math.ceil((top - start) / step - 1e-9));
  return ticked(start, step, steps, format, unit);
}

function ticked(start: number, step: number, steps: number, { tick, compact }: Writing, unit: string): Scale {
  const values = Array.from({ length: steps + 1 }, (_, index) => Number((start + index * step).toPrecision(12)));
  const labelled = (write: (value: number) => string) =>
    values.map((value, index) => ({
      value,
      label: index === steps && unit !== '' ? `${write(value)} ${unit}` : write(value),
    }));
  const ticks = labelled(tick);
  const max = values.at(-1) ?? start + step;
  const isShortened = Math.max(-start, max) >= 1_000 && ticks.some(({ label }) => label.length > MOST_LETTERS);
  return { min: start, max, ticks: isShortened ? labelled(compact) : ticks };
}
