import type { Format } from '../format/format-for.ts';
import { byteUnit, type Kind } from '../format/numbers.ts';

type Scale = { min: number; max: number; ticks: { value: number; label: string }[] };

const STEPS = [1, 1.5, 2, 2.5, 5, 10];

/** The smallest clean number that is not less: 0.08 → 0.1, 12.3 → 15. */
export function cleanStep(least: number): number {
  if (!(least > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = STEPS.find((candidate) => candidate * power >= least * (1 - 1e-9)) ?? 10;
  return Number((step * power).toPrecision(12));
}

type Extent = { kind: Kind; low: number; high: number; intervals: number };

/**
 * From 0 up to a clean maximum, with the unit on the top tick. A CPU's is always 0 to 100. With negative values it
 * starts at a clean minimum instead. What is told by the second is said beside the title: a phone has no room for it here.
 */
export function scaleFor({ plain, withDigits }: Format, { kind, low, high, intervals }: Extent): Scale {
  if (kind === 'cpu' && high <= 100) return ticked(0, 25, 4, (value) => withDigits(value, 0), '%');
  if (kind === 'bytes') {
    const { divisor, unit } = byteUnit(Math.max(Math.abs(low), Math.abs(high)));
    const { min, max, ticks } = clean(low / divisor, high / divisor, intervals, plain, unit);
    return {
      min: min * divisor,
      max: max * divisor,
      ticks: ticks.map(({ value, label }) => ({ value: value * divisor, label })),
    };
  }
  return clean(low, high, intervals, plain, kind === 'other' ? '' : '%');
}

type Write = (value: number) => string;

function clean(low: number, high: number, intervals: number, write: Write, unit: string): Scale {
  const top = Math.max(high, 0);
  const bottom = Math.min(low, 0);
  const step = cleanStep((top - bottom) / intervals);
  const start = Math.floor(bottom / step) * step;
  const steps = Math.max(2, Math.ceil((top - start) / step - 1e-9));
  return ticked(start, step, steps, write, unit);
}

function ticked(start: number, step: number, steps: number, write: Write, unit: string): Scale {
  const ticks = Array.from({ length: steps + 1 }, (_, index) => {
    const value = Number((start + index * step).toPrecision(12));
    const label = write(value);
    return { value, label: index === steps && unit !== '' ? `${label} ${unit}` : label };
  });
  return { min: start, max: ticks.at(-1)?.value ?? start + step, ticks };
}
