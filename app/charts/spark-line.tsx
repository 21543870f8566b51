import { pathOf, percentAcross, traceLine } from './path.ts';
import { sparkScale } from './spark-scale.ts';

const BOX = { width: 200, height: 44 };

type Stretch = { from: number; to: number };
type Props = {
  times: readonly number[];
  values: readonly (number | null)[];
  frame: Stretch;
  /** Stretches without a result, drawn as a bar under the curve. */
  missing: readonly Stretch[];
  tone?: 'warn' | 'idle' | undefined;
};

export function SparkLine({ times, values, frame, missing, tone }: Props) {
  const box = { ...frame, ...sparkScale(values) };
  const line = pathOf((pen) => traceLine(pen, times, values, box, BOX, missing));
  const bars = missing
    .filter(({ from, to }) => to > frame.from && from < frame.to)
    .map(({ from, to }) => {
      const x = (at: number) => (Math.min(Math.max(percentAcross(frame, at), 0), 100) * BOX.width) / 100;
      return `M${x(from)} 43H${Math.max(x(to), x(from) + 1)}`;
    });
  return (
    <svg className="spark" viewBox={`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none" aria-hidden="true">
      <line x1="0" x2={BOX.width} y1="43.5" y2="43.5" />
      <path d={line} />
      {bars.length > 0 && <path className={tone === undefined ? 'miss' : `miss ${tone}`} d={bars.join('')} />}
    </svg>
  );
}
