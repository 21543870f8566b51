import { classify } from '#lib/series/classify';
import type { SeriesGroups } from '#lib/series/group';
import { styleVars } from '../charts/key.tsx';
import { pageWords } from '../language/page-language.ts';
import { CPU_MEAN } from '../live/cpu-summary.ts';
import { CpuFigures } from '../panels/cpu-figures.tsx';
import { BarVital, SparkVital, type VitalProps } from '../panels/vital.tsx';
import { rangeInWords } from './view.ts';
import { livePageWords } from './words.ts';

/** Beside the gauges there is room for four figures; without them for two rows. */
const MAX_BESIDE_GAUGES = 4;
const MAX_ALONE = 8;
const MAX_IN_ROW = 6;

type Vital = Omit<VitalProps, 'range'> & { look: 'bar' | 'spark' };

/** The figures that a reader wants first, beside a gauge for each CPU. */
export async function Vitals({ groups, rangeMs }: { groups: SeriesGroups; rangeMs: number }) {
  const [cpus] = groups.cpus;
  const say = await pageWords(livePageWords);
  const vitals = vitalsOf(groups, say);
  const range = rangeInWords(rangeMs);
  if (vitals.length === 0) return null;
  return (
    <section
      className={cpus === undefined ? 'panel vitals wide' : 'panel vitals'}
      aria-label={say.vitals}
      style={styleVars({ '--n': cpus === undefined ? columnsFor(vitals.length) : vitals.length })}
    >
      {vitals.map(({ look, ...vital }, index) => {
        const isOdd = index === vitals.length - 1 && vitals.length % 2 === 1;
        return look === 'bar' ? (
          <BarVital key={vital.name} {...vital} range={range} isOdd={isOdd} />
        ) : (
          <SparkVital key={vital.name} {...vital} range={range} isOdd={isOdd} />
        );
      })}
      {cpus !== undefined && <CpuFigures group={cpus} />}
    </section>
  );
}

/** As many columns as fill their rows best. */
function columnsFor(count: number): number {
  return Math.ceil(count / Math.ceil(count / MAX_IN_ROW));
}

type Labels = { memoryCaching: string; networkEgress: string; cpuMean: string };

function vitalsOf(groups: SeriesGroups, say: Labels): Vital[] {
  const [cpus] = groups.cpus;
  const known: Vital[] = [];
  const { memoryCaching, networkEgress, others } = groups;
  if (memoryCaching !== null) {
    known.push({ name: memoryCaching, label: say.memoryCaching, kind: 'percent', look: 'bar' });
  }
  if (networkEgress !== null) {
    known.push({ name: networkEgress, label: say.networkEgress, kind: 'percent', look: 'bar' });
  }
  if (cpus !== undefined) known.push({ name: CPU_MEAN, label: say.cpuMean, kind: 'cpu', look: 'spark' });
  const room = (cpus === undefined ? MAX_ALONE : MAX_BESIDE_GAUGES) - known.length;
  const more = others.slice(0, Math.max(0, room)).map((name): Vital => {
    const { kind } = classify(name);
    return { name, label: name, kind, look: kind === 'percent' ? 'bar' : 'spark' };
  });
  return [...known, ...more];
}
