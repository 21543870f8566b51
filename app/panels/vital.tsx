'use client';

import { Spark } from '../charts/spark.tsx';
import { figureOf } from '../format/number.ts';
import type { Kind } from '../format/numbers.ts';
import { useLive } from '../live/live-provider.tsx';

export type VitalProps = {
  name: string;
  label: string;
  kind: Kind;
  /** The page's range in words: "15 min". */
  range: string;
  /** The last one of an odd number, which takes a row of its own where there are two columns. */
  isOdd?: boolean;
};

/** A percentage as a bar. */
export function BarVital(props: VitalProps) {
  const { name, label } = props;
  const value = useLive((store) => store.series.current(name));
  const percent = Math.min(Math.max(value ?? 0, 0), 100);
  return (
    <Frame {...props}>
      {/* biome-ignore lint/a11y/useSemanticElements: a <meter> cannot be styled alike in every browser. */}
      <div
        className="meter"
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        data-series={name}
      >
        <i style={{ width: `${percent}%` }} />
      </div>
    </Frame>
  );
}

/** Any number with its curve. */
export function SparkVital(props: VitalProps) {
  return (
    <Frame {...props}>
      <Spark name={props.name} />
    </Frame>
  );
}

function Frame({ name, label, kind, range, isOdd = false, children }: VitalProps & { children: React.ReactNode }) {
  const value = useLive((store) => store.series.current(name));
  const { text, unit } = figureOf(value, kind);
  return (
    <div className={isOdd ? 'vital odd' : 'vital'}>
      <span className="lab cut" title={label}>
        {label}
      </span>
      <span className="fig" data-series={name}>
        {text}
        {unit !== '' && <small>{unit}</small>}
      </span>
      {children}
      <span className="more">
        <Extent name={name} kind={kind} /> in {range}
      </span>
    </div>
  );
}

function Extent({ name, kind }: { name: string; kind: Kind }) {
  const extent = useLive((store) => store.series.extent(name));
  if (extent === null) return 'nothing';
  const low = figureOf(extent.low, kind);
  const high = figureOf(extent.high, kind);
  return low.unit === high.unit
    ? `${low.text} to ${high.text}`
    : `${low.text} ${low.unit} to ${high.text} ${high.unit}`;
}
