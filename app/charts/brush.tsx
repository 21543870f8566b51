'use client';

import { useFormat } from '../language/use-language.ts';
import { percentAcross } from './path.ts';
import type { Stretch } from './selection.ts';

/** The stretch of a plot that is being chosen, and how long it is. */
export function Brush({ chosen, frame }: { chosen: Stretch; frame: Stretch }) {
  const { span } = useFormat();
  const left = percentAcross(frame, chosen.from);
  return (
    <div className="brush" style={{ left: `${left}%`, width: `${percentAcross(frame, chosen.to) - left}%` }}>
      <span>{span(chosen.to - chosen.from)}</span>
    </div>
  );
}
