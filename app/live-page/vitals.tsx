import { classify } from '#lib/series/classify';
import type { SeriesGroups } from '#lib/series/group';
import { styleVars } from '../charts/key.tsx';
import { CPU_MEAN } from '../live/cpu-summary.ts';
import { CpuGauges } from '../panels/cpu-gauges.tsx';
import { CpuHeat } from '../panels/cpu-heat.tsx';
import { MAX_CURVES } from '../panels/cpu-note.ts';
import { BarVital, SparkVital, type VitalProps } from '../panels/vital.tsx';
import { rangeInWords } from './view.ts';

/** Beside the gauges there is room for four figures; without them for two rows. */
const MAX_BESIDE_GAUGES = 4;
const MAX_ALONE = 8;

type Vital = Omit<VitalProps, 'range'> & { look: 'bar' | 'spark' };

/** The figures that a reader wants first, beside a gauge for each CPU. */
export function Vitals({ groups, rangeMs }: { groups: SeriesGroups; rangeMs: number }) {
  const [cpus] = groups.cpus;
  const vitals = vitalsOf(groups);
  const range = rangeInWords(rangeMs);
  if (vitals.length === 0) return null;
  return (
    <section
      className={cpus === undefined ? 'panel vitals wide' : 'panel vitals'}
      aria-label="Vital figures"
      style={styleVars({ '--n': vitals.length })}
    >
      {vitals.map(({ look, ...vital }, index) => {
        const isOdd = index === vitals.length - 1 && vitals.length % 2 === 1;
        return look === 'bar' ? (
          <BarVital key={vital.name} {...vital} range={range} isOdd={isOdd} />
        ) : (
          <SparkVital key={vital.name} {...vital} range={range} isOdd={isOdd} />
        );
      })}
      {cpus !== undefined && (cpus.series.length > MAX_CURVES ? <CpuHeat group={cpus} /> : <CpuGauges group={cpus} />)}
    </section>
  );
}

function vitalsOf(groups: SeriesGroups): Vital[] {
  const [cpus] = groups.cpus;
  const known: Vital[] = [];
  const { memoryCaching, networkEgress, others } = groups;
  if (memoryCaching !== null) {
    known.push({ name: memoryCaching, label: 'Memory caching', kind: 'percent', look: 'bar' });
  }
  if (networkEgress !== null) {
    known.push({ name: networkEgress, label: 'Network egress', kind: 'percent', look: 'bar' });
  }
  if (cpus !== undefined) known.push({ name: CPU_MEAN, label: 'Load, mean of CPUs', kind: 'cpu', look: 'spark' });
  const room = (cpus === undefined ? MAX_ALONE : MAX_BESIDE_GAUGES) - known.length;
  const more = others
    .slice(0, Math.max(0, room))
    .map((name): Vital => ({ name, label: name, kind: classify(name).kind, look: 'spark' }));
  return [...known, ...more];
}
