'use client';

import type { CpuGroup } from '#lib/series/group';
import { useFormat, useWords } from '../language/use-language.ts';
import { useShown } from '../live/use-shown.ts';
import { AtCursor } from './at-cursor.tsx';
import { LEVELS, levelOf } from './level.ts';
import { panelWords } from './words.ts';

// 240° around (42, 40), from the lower left to the lower right; the ring outside shows where the colours begin.
const ARC = 'M12.56 57A34 34 0 1 1 71.44 57';
const RING = 'M7.36 60A40 40 0 1 1 76.64 60';
/** Between two parts of the ring, in percent of its length. */
const GAP = 0.8;

const PARTS = [
  { from: 0, to: LEVELS.amber, colour: 'var(--ok)' },
  { from: LEVELS.amber, to: LEVELS.red, colour: 'var(--warn)' },
  { from: LEVELS.red, to: 100 + GAP, colour: 'var(--bad)' },
] as const;

export function CpuGauges({ group }: { group: CpuGroup }) {
  const say = useWords(panelWords);
  return (
    <div className="gauges">
      <div className="row">
        <span className="lab">{say.cpuAverage(group.seconds)}</span>
        <AtCursor>{say.levels(LEVELS.amber, LEVELS.red)}</AtCursor>
      </div>
      <div className="gset">
        {group.series.map(({ name, cpu }) => (
          <Gauge key={name} name={name} label={`CPU ${cpu}`} />
        ))}
      </div>
    </div>
  );
}

function Gauge({ name, label }: { name: string; label: string }) {
  const value = useShown(name);
  const say = useWords(panelWords);
  const { figure } = useFormat();
  const percent = Math.min(Math.max(value ?? 0, 0), 100);
  const level = levelOf(percent);
  const { text } = figure(value, 'cpu');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <meter> cannot be drawn as an arc.
    <div
      className={`gauge ${level}`}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={value === null ? say.noValue : `${text} %`}
      data-series={name}
    >
      <svg viewBox="0 0 84 66" aria-hidden="true">
        <path className="arc" d={ARC} stroke="var(--track)" />
        {value !== null && (
          <path
            className="arc"
            d={ARC}
            stroke={`var(--${level})`}
            pathLength="100"
            strokeDasharray={`${Math.max(percent, 0.6)} 200`}
          />
        )}
        {PARTS.map(({ from, to, colour }) => (
          <path
            key={from}
            className="ring"
            d={RING}
            stroke={colour}
            pathLength="100"
            strokeDasharray={`${to - from - GAP} 200`}
            strokeDashoffset={-from}
          />
        ))}
      </svg>
      <b>{text}</b>
      <span>{label}</span>
    </div>
  );
}
