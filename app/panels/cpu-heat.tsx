'use client';

import type { CpuGroup } from '#lib/series/group';
import { styleVars } from '../charts/key.tsx';
import { figureOf } from '../format/number.ts';
import { useLive, useLiveStore } from '../live/live-provider.tsx';
import { LEVELS, type Level, levelOf } from './level.ts';

/** More CPUs than this get lower cells. */
const DENSE = 64;
const NAMED = 3;

const SAID = [
  { level: 'bad', words: `from ${LEVELS.red} %` },
  { level: 'warn', words: `from ${LEVELS.amber} %` },
  { level: 'ok', words: 'below' },
] as const satisfies readonly { level: Level; words: string }[];

/** Many CPUs as a strip: height and colour both carry the value. */
export function CpuHeat({ group: { series, seconds } }: { group: CpuGroup }) {
  const store = useLiveStore();
  useLive((live) => live.revision);
  const cells = series.map(({ name, cpu }) => {
    const value = store.series.current(name);
    return { name, cpu, value, level: levelOf(value ?? 0), percent: Math.min(Math.max(value ?? 0, 0), 100) };
  });
  const top = [...cells].sort((a, b) => (b.value ?? 0) - (a.value ?? 0)).slice(0, NAMED);
  return (
    <div className="gauges">
      <div className="row">
        <span className="lab">{`${series.length} CPUs${seconds === null ? '' : `, ${seconds} s average`}`}</span>
        <span className="counts">
          {SAID.map(({ level, words }) => (
            <span key={level} className="small sub">
              <i className={`swatch ${level}`} />
              {cells.filter((cell) => cell.level === level && cell.value !== null).length} {words}
            </span>
          ))}
        </span>
      </div>
      <div className={series.length > DENSE ? 'heat dense' : 'heat'}>
        {cells.map(({ name, cpu, value, level, percent }) => (
          // biome-ignore lint/a11y/useSemanticElements: a <meter> cannot be drawn as a cell.
          <i
            key={name}
            className={level}
            style={styleVars({ '--v': `${Math.round(percent)}%` })}
            title={`CPU ${cpu}: ${figureOf(value, 'cpu').text} %`}
            role="meter"
            aria-label={`CPU ${cpu}`}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={percent}
            data-series={name}
          />
        ))}
      </div>
      <div className="heat-x">
        <span>in rows from CPU {series[0]?.cpu ?? 0}</span>
        <span>highest: {top.map(({ cpu, value }) => `CPU ${cpu} ${figureOf(value, 'cpu').text}`).join(', ')}</span>
      </div>
    </div>
  );
}
