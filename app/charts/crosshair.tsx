'use client';

import { useVersionName } from '../events/events-provider.tsx';
import { useFailureText } from '../failures/use-failure-text.ts';
import { inWords } from '../format/numbers.ts';
import { useFormat, useWords } from '../language/use-language.ts';
import { nearestRow } from '../live/columns.ts';
import { useCursorTime } from '../live/cursor.tsx';
import { useDrawn, useLiveStore } from '../live/live-provider.tsx';
import { versionAt } from '../live/marks.ts';
import { LocalTime } from '../ui/local-time.tsx';
import { clockStyle } from './clock-style.ts';
import { type Curve, colourOf } from './curve.ts';
import { Key, styleVars } from './key.tsx';
import { type Measure, measure } from './measure.ts';
import { type Frame, percentAcross } from './path.ts';
import { chartWords } from './words.ts';

type Props = { curves: Curve[]; measure: Measure; frame: Frame; tall: boolean };
type Reading = Curve & { value: number };

/** Longer lists would leave the chart. */
const MAX_LISTED = 9;

/** The line under the pointer, the values on it and, on the big plot, a tooltip sorted by value. */
export function Crosshair({ curves, measure: what, frame, tall }: Props) {
  const format = useFormat();
  const store = useLiveStore();
  useDrawn((live) => live.revision);
  const at = useCursorTime();
  const row = at === null ? -1 : nearestRow(store.series.columns.times, at);
  if (at === null || row === -1 || at < frame.from || at > frame.to) return null;

  const readings = curves.flatMap((curve): Reading[] => {
    const value = store.series.column(curve.name)[row] ?? null;
    return value === null || curve.lower !== undefined ? [] : [{ ...curve, value }];
  });
  const across = percentAcross(frame, at);
  const isRight = across > 50;
  return (
    <>
      <div className="vline cross" style={{ left: `${across}%` }} />
      {readings.map(({ name, slot, value }) => (
        <i
          key={name}
          className="pt"
          style={styleVars(
            { '--k': `var(${colourOf(slot).token})` },
            { left: `${across}%`, bottom: `${((value - frame.min) / (frame.max - frame.min)) * 100}%` },
          )}
        />
      ))}
      {tall ? (
        <>
          <Tooltip at={at} readings={readings} measure={what} across={across} isRight={isRight} />
          <span className="flag at" style={{ left: `${Math.min(Math.max(across, 8), 92)}%` }}>
            <LocalTime at={at} style={clockStyle(store.rangeMs)} />
          </span>
        </>
      ) : (
        readings.slice(0, 1).map(({ name, value }) => (
          <span key={name} className="ptv" style={beside(across, isRight, 6)}>
            {inWords(measure(format, value, what, 2))}
          </span>
        ))
      )}
    </>
  );
}

function beside(across: number, isRight: boolean, by: number) {
  return isRight ? { right: `calc(${100 - across}% + ${by}px)` } : { left: `calc(${across}% + ${by}px)` };
}

type TooltipProps = { at: number; readings: Reading[]; measure: Measure; across: number; isRight: boolean };

function Tooltip({ at, readings, measure: what, across, isRight }: TooltipProps) {
  const format = useFormat();
  const textOf = useFailureText();
  const say = useWords(chartWords);
  const nameOf = useVersionName();
  const store = useLiveStore();
  const now = useDrawn((live) => live.now);
  const took = store.tookAt(at);
  const failed = store.failures.find(({ from, to }) => at >= from && at <= to);
  const why = failed && textOf(failed.message);
  const version = versionAt(store.versions, at);
  const facts = [
    version !== null && nameOf(version),
    took !== null && format.duration(took),
    why && (why.length > 48 ? `${why.slice(0, 47)}…` : why),
    say.inspect,
  ].filter((fact) => fact !== undefined && fact !== false);
  const sorted = [...readings].sort((a, b) => b.value - a.value);
  return (
    <div className="tip" style={beside(across, isRight, 12)}>
      <div className="t">
        <b>
          <LocalTime at={at} style={clockStyle(store.rangeMs)} />
        </b>
        {!store.isFixed && <span>{format.age(now - at)}</span>}
      </div>
      <ul>
        {sorted.slice(0, MAX_LISTED).map(({ name, label, slot, value }) => (
          <li key={name}>
            <Key slot={slot} />
            {label}
            <b>{inWords(measure(format, value, what, 2))}</b>
          </li>
        ))}
        {sorted.length > MAX_LISTED && <li>{say.lower(format.whole(sorted.length - MAX_LISTED))}</li>}
        {sorted.length === 0 && <li>{failed === undefined ? say.noValue : say.failed}</li>}
      </ul>
      <div className="f">{facts.join(' · ')}</div>
    </div>
  );
}
