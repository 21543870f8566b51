'use client';

import type { ReactNode } from 'react';
import { Key } from '../charts/key.tsx';
import { type Measure, measure } from '../charts/measure.ts';
import type { Format } from '../format/format-for.ts';
import type { Kind } from '../format/numbers.ts';
import { useFormat, useWords } from '../language/use-language.ts';
import { useLive } from '../live/live-provider.tsx';
import { useShown } from '../live/use-shown.ts';
import { AtCursor } from './at-cursor.tsx';
import { panelWords } from './words.ts';

type EntryProps = { name: string; label: string; slot: number; kind: Kind; perSecond?: boolean };

/** A series' value under the crosshair, on whichever chart that is; the present one while there is none. */
function LegendValue({ name, kind, perSecond = false }: Pick<EntryProps, 'name' | 'kind' | 'perSecond'>) {
  const value = useShown(name);
  return <b data-series={name}>{legendText(useFormat(), value, { kind, perSecond })}</b>;
}

function legendText(format: Format, value: number | null, what: Measure): string {
  const { text, unit } = measure(format, value, what, what.kind === 'percent' && Math.abs(value ?? 1) < 1 ? 2 : 1);
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
export function LegendEntry({ label, slot, ...series }: Omit<EntryProps, 'label'> & { label: ReactNode }) {
  return (
    <span>
      <Key slot={slot} />
      {label}
      <LegendValue {...series} />
    </span>
  );
}

/** The one entry of a chart whose title names its series: of when the value is that it shows. */
export function LegendNow(series: Pick<EntryProps, 'name' | 'kind' | 'perSecond'>) {
  const say = useWords(panelWords);
  const isNow = useLive(({ isFixed, paused, status }) => !isFixed && paused === null && status === 'live');
  return <LegendEntry {...series} label={<AtCursor>{isNow ? say.now : say.last}</AtCursor>} slot={1} />;
}
