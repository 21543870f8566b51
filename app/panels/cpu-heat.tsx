'use client';

import type { CpuGroup } from '#lib/series/group';
import { styleVars } from '../charts/key.tsx';
import { useFormat, useWords } from '../language/use-language.ts';
import { useShownValues } from '../live/use-shown.ts';
import { AtCursor } from './at-cursor.tsx';
import { LEVELS, type Level, levelOf } from './level.ts';
import { panelWords } from './words.ts';

const MOST_IN_ROW = 32;
/** More CPUs than this get lower cells. */
const DENSE = 64;
const NAMED = 3;

const SHOWN_LEVELS = ['bad', 'warn', 'ok'] as const satisfies readonly Level[];

/** Many CPUs as a strip: height and colour both carry the value. */
export function CpuHeat({ group: { series, seconds } }: { group: CpuGroup }) {
  const say = useWords(panelWords);
  const { figure, whole } = useFormat();
  const values = useShownValues(series.map(({ name }) => name));
  const cells = series.map(({ name, cpu }, index) => {
    const value = values[index] ?? null;
    return { name, cpu, value, level: levelOf(value ?? 0), percent: Math.min(Math.max(value ?? 0, 0), 100) };
  });
  const top = [...cells].sort((a, b) => (b.value ?? 0) - (a.value ?? 0)).slice(0, NAMED);
  const count = (level: Level) => {
    const found = whole(cells.filter((cell) => cell.level === level && cell.value !== null).length);
    if (level === 'ok') return say.below(found);
    return say.from(found, level === 'bad' ? LEVELS.red : LEVELS.amber);
  };
  return (
    <div className="gauges">
      <div className="row">
        <span className="lab">{say.cpusAverage(series.length, seconds)}</span>
        <span className="counts">
          {SHOWN_LEVELS.map((level) => (
            <span key={level} className="small sub">
              <i className={`swatch ${level}`} />
              {count(level)}
            </span>
          ))}
        </span>
      </div>
      <div
        className={series.length > DENSE ? 'heat dense' : 'heat'}
        style={styleVars({ '--columns': Math.min(series.length, MOST_IN_ROW) })}
      >
        {cells.map(({ name, cpu, value, level, percent }) => (
          // biome-ignore lint/a11y/useSemanticElements: a <meter> cannot be drawn as a cell.
          <i
            key={name}
            className={level}
            style={styleVars({ '--v': `${Math.round(percent)}%` })}
            title={`CPU ${cpu}: ${figure(value, 'cpu').text} %`}
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
        <AtCursor>{say.inRows(series[0]?.cpu ?? 0)}</AtCursor>
        <span>{say.highest(top.map(({ cpu, value }) => `CPU ${cpu} ${figure(value, 'cpu').text}`).join(', '))}</span>
      </div>
    </div>
  );
}
