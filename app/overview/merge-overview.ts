import type { Overview, OverviewCard, OverviewCurve } from '#lib/schemas/overview';

/**
 * An answer that holds only what has come since, put onto what was known. Null when it lacks something: a function, or a
 * figure, that was not known before.
 */
export function mergeOverview(known: Overview, fresh: Overview, rangeMs: number): Overview | null {
  const before = new Map(known.functions.map((card) => [card.name, card]));
  const functions: OverviewCard[] = [];
  for (const card of fresh.functions) {
    const old = before.get(card.name);
    if (old === undefined || !hasSameFigure(old, card)) return null;
    functions.push({ ...card, curve: mergeCurve(old.curve, card.curve, fresh.now - rangeMs) });
  }
  return { ...fresh, functions };
}

function hasSameFigure({ figure: a }: OverviewCard, { figure: b }: OverviewCard): boolean {
  return a?.name === b?.name && a?.kind === b?.kind;
}

function mergeCurve(old: OverviewCurve, fresh: OverviewCurve, oldest: number): OverviewCurve {
  const rows = [...old.times.entries()].filter(([, at]) => at >= oldest && at < fresh.from).map(([row]) => row);
  return {
    from: Math.max(old.from, oldest),
    times: [...rows.map((row) => old.times[row] ?? 0), ...fresh.times],
    values: [...rows.map((row) => old.values[row] ?? null), ...fresh.values],
    failures: fresh.failures,
  };
}
