import type { Row, Skipped } from '../rows/row.ts';
import type { Machine } from './machine.ts';
import { judge } from './verdict.ts';

const HEAD = ['row', '', 'median', 'min', 'max', 'baseline', 'ratio', 'budget', ''];

/** Three significant digits, and never an exponent. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/g, digits === 0 ? ',' : '');
}

/** The rows as an aligned table, then what was skipped and what the rows have to add. */
export function renderTable(rows: readonly (Row | Skipped)[]): string {
  const measured = rows.filter((row) => 'values' in row);
  const skipped = rows.filter((row) => 'skipped' in row);
  const cells = [HEAD, ...measured.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const notes = measured.flatMap(({ id, notes = [] }) => notes.map((note) => `${id}: ${note}`));
  const left = skipped.map(({ id, skipped: why }) => `${id}: skipped, ${why}`);
  return [lines, left, notes]
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
}

function cellsOf(row: Row): string[] {
  const { median, min, max, baseline, ratio, verdict } = judge(row);
  return [
    row.id,
    row.what,
    `${figure(median)} ${row.unit}`,
    figure(min),
    figure(max),
    baseline === null ? '' : figure(baseline),
    ratio === null ? '' : `${figure(ratio)}×`,
    budgetText(row),
    verdict === 'none' ? '' : verdict,
  ];
}

function budgetText({ budget, unit }: Row): string {
  if (budget === undefined) return '';
  const sign = budget.limit === 'at most' ? '≤' : '≥';
  if (budget.of === 'ratio') return `${sign} ${budget.value}×`;
  return `${sign} ${budget.of === 'excess' ? '+' : ''}${budget.value} ${unit}`;
}

export function renderMachine({ cpu, cores, memoryGiB, kernel, node, load }: Machine): string {
  return [
    `${cpu}, ${cores} cores, ${memoryGiB} GiB; Linux ${kernel}; Node ${node}`,
    `load average ${load.map((each) => each.toFixed(2)).join(' ')} before the first row`,
  ].join('\n');
}

/** The same as one document, with every round's figure. */
export function renderJson(machine: Machine, rounds: number, rows: readonly (Row | Skipped)[]): string {
  const results = rows.map((row) => ('values' in row ? { ...row, ...judge(row), baselines: row.baseline } : row));
  return JSON.stringify({ machine, rounds, rows: results }, null, 2);
}
