'use client';

import { Key } from '../charts/key.tsx';
import { figureOf } from '../format/number.ts';
import type { Kind } from '../format/numbers.ts';
import { nearestRow } from '../live/columns.ts';
import { useCursorTime } from '../live/cursor.tsx';
import { useLive, useLiveStore } from '../live/live-provider.tsx';

type EntryProps = { name: string; label: string; slot: number; kind: Kind };

/** A series' present value; on a phone, where there is no tooltip, the one under the crosshair. */
export function LegendValue({ name, kind }: { name: string; kind: Kind }) {
  const value = useLive((store) => store.series.current(name));
  return (
    <>
      <b className="now" data-series={name}>
        {legendText(value, kind)}
      </b>
      <ValueAtCursor name={name} kind={kind} />
    </>
  );
}

function ValueAtCursor({ name, kind }: { name: string; kind: Kind }) {
  const { columns, column } = useValues(name);
  const at = useCursorTime();
  if (at === null) return null;
  return <b className="at">{legendText(column[nearestRow(columns.times, at)] ?? null, kind)}</b>;
}

function useValues(name: string) {
  const store = useLiveStore();
  useLive((live) => live.revision);
  return { columns: store.series.columns, column: store.series.column(name) };
}

function legendText(value: number | null, kind: Kind): string {
  const { text, unit } = figureOf(value, kind, kind === 'percent' && Math.abs(value ?? 1) < 1 ? 2 : 1);
  return unit === '%' ? text : `${text} ${unit}`.trim();
}

/** An entry that shows and hides its curve. */
export function LegendToggle({
  name,
  label,
  slot,
  kind,
  shown,
  onToggle,
}: EntryProps & { shown: boolean; onToggle: () => void }) {
  return (
    <button type="button" aria-pressed={shown} onClick={onToggle}>
      <Key slot={slot} />
      {label}
      <LegendValue name={name} kind={kind} />
    </button>
  );
}

/** An entry of a curve that is always there. */
export function LegendEntry({ name, label, slot, kind }: EntryProps) {
  return (
    <span>
      <Key slot={slot} />
      {label}
      <LegendValue name={name} kind={kind} />
    </span>
  );
}
