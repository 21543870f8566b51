'use client';

import { type Measure, measure } from '../charts/measure.ts';
import { Spark } from '../charts/spark.tsx';
import { inWords, type Kind } from '../format/numbers.ts';
import { useFormat, useWords } from '../language/use-language.ts';
import { useLive } from '../live/live-provider.tsx';
import { useShown } from '../live/use-shown.ts';
import { AtCursor } from './at-cursor.tsx';
import { panelWords } from './words.ts';

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
  const value = useShown(name);
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

/** Any number with its curve; of a counter, how fast it grows. */
export function SparkVital(props: VitalProps) {
  const shown = useLive(({ series }) => series.shownAs(props.name));
  return (
    <Frame {...props} shown={shown}>
      <Spark name={shown} />
    </Frame>
  );
}

type FrameProps = VitalProps & { shown?: string; children: React.ReactNode };

function Frame({ name, shown = name, label, kind, range, isOdd = false, children }: FrameProps) {
  const say = useWords(panelWords);
  const value = useShown(shown);
  const what = { kind, perSecond: shown !== name };
  const { text, unit } = measure(useFormat(), value, what);
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
        <AtCursor>{say.within(useExtentText(shown, what), range)}</AtCursor>
      </span>
    </div>
  );
}

function useExtentText(name: string, what: Measure): string {
  const say = useWords(panelWords);
  const format = useFormat();
  const extent = useLive((store) => store.series.extent(name));
  if (extent === null) return say.nothing;
  const low = measure(format, extent.low, what);
  const high = measure(format, extent.high, what);
  return low.unit === high.unit ? say.fromTo(low.text, high.text) : say.fromTo(inWords(low), inWords(high));
}
