import { classify } from '#lib/series/classify';
import { numbersIn } from '#lib/series/flatten';
import type { SeriesGroups } from '#lib/series/group';
import type { Format } from '../format/format-for.ts';
import { inWords, type Kind, MISSING } from '../format/numbers.ts';
import { CPU_HIGH, CPU_MEAN, withSummary } from '../live/cpu-summary.ts';
import { MAX_CURVES } from './cpu-note.ts';

type Labels = { mean: string; highest: string; memoryCaching: string; networkEgress: string };
export type ResultColumn = { name: string; label: string; kind: Kind };

/** More columns than this are shown only to who asks for them. */
const MAX_OTHERS = 8;

/**
 * The columns of the results table: each CPU, or mean and highest where there are many, then other series. `more` has those
 * that do not fit: together they are all series.
 */
export function columnsFor(
  { cpus: [cpus, ...otherCpus], memoryCaching, networkEgress, others }: SeriesGroups,
  labels: Labels,
): { usual: ResultColumn[]; more: ResultColumn[] } {
  const each = cpus?.series.map(({ name, cpu }): ResultColumn => ({ name, label: `CPU ${cpu}`, kind: 'cpu' })) ?? [];
  const summary: ResultColumn[] = [
    { name: CPU_MEAN, label: labels.mean, kind: 'cpu' },
    { name: CPU_HIGH, label: labels.highest, kind: 'cpu' },
  ];
  const areMany = each.length > MAX_CURVES;
  const usual = [
    ...(areMany ? summary : each),
    ...(memoryCaching === null ? [] : [column(memoryCaching, labels.memoryCaching, 'percent')]),
    ...(networkEgress === null ? [] : [column(networkEgress, labels.networkEgress, 'percent')]),
    ...others.slice(0, MAX_OTHERS).map(plainly),
  ];
  const more = [
    ...(areMany ? each : []),
    ...otherCpus.flatMap(({ series }) => series.map(({ name }) => plainly(name))),
    ...others.slice(MAX_OTHERS).map(plainly),
  ];
  return { usual, more };
}

/** Under its own name. */
function plainly(name: string): ResultColumn {
  return column(name, name, classify(name).kind);
}

function column(name: string, label: string, kind: Kind): ResultColumn {
  return { name, label, kind };
}

/** The texts of one result's cells. */
export function cellsOf(
  result: string,
  columns: readonly ResultColumn[],
  cpuNames: readonly string[],
  { figure }: Format,
): string[] {
  const numbers = withSummary(numbersIn(result), cpuNames);
  return columns.map(({ name, kind }) => {
    const value = numbers.get(name);
    if (value === undefined) return MISSING;
    return kind === 'cpu' ? figure(value, kind).text : inWords(figure(value, kind, 2));
  });
}
