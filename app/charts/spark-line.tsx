import { pathOf, percentAcross, traceLine } from './path.ts';
import { sparkScale } from './spark-scale.ts';

const BOX = { width: 200, height: 44 };

type Stretch = { from: number; to: number };
type Props = {
  times: readonly number[];
  values: readonly (number | null)[];
  frame: Stretch;
  /** Stretches in which ticks failed, drawn as a bar under the curve. */
  failed: readonly Stretch[];
  /** One in which nothing came at all, drawn as another. */
  silent?: (Stretch & { tone: 'warn' | 'idle' }) | null;
};

export function SparkLine({ times, values, frame, failed, silent = null }: Props) {
  const box = { ...frame, ...sparkScale(values) };
  const line = pathOf((pen) => traceLine(pen, times, values, box, BOX, failed));
  return (
    <svg className="spark" viewBox={`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none" aria-hidden="true">
      <line x1="0" x2={BOX.width} y1="43.5" y2="43.5" />
      <path d={line} />
      {silent !== null && <Bar className={`miss ${silent.tone}`} frame={frame} stretches={[silent]} />}
      <Bar className="miss" frame={frame} stretches={failed} />
    </svg>
  );
}

function Bar({ className, frame, stretches }: { className: string; frame: Stretch; stretches: readonly Stretch[] }) {
  const x = (at: number) => (Math.min(Math.max(percentAcross(frame, at), 0), 100) * BOX.width) / 100;
  const bars = stretches
    .filter(({ from, to }) => to > frame.from && from < frame.to)
    .map(({ from, to }) => `M${x(from)} 43H${Math.max(x(to), x(from) + 1)}`);
  return bars.length === 0 ? null : <path className={className} d={bars.join('')} />;
}
