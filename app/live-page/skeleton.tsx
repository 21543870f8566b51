import type { ReactNode } from 'react';
import { pageWords } from '../language/page-language.ts';
import { livePageWords } from './words.ts';

const TRACK = 'M12.56 57A34 34 0 1 1 71.44 57';
const FOUR = [0, 1, 2, 3];

function Block({ width, height }: { width: number | string; height: number }) {
  return <span className="sk" style={{ width, height }} />;
}

/** Where the grid's lines are, in percent from the top. */
const TALL = [0, 25, 50, 75, 100];
const SHORT = [0, 50, 100];

function EmptyPlot({ title, lines }: { title: number; lines: readonly number[] }) {
  return (
    <section className="panel">
      <div className="head">
        <Block width={title} height={14} />
      </div>
      <div className="chart">
        <div className={lines === TALL ? 'plot tall' : 'plot'}>
          {lines.map((top) => (
            <div key={top} className="grid" style={{ top: `${top}%` }} />
          ))}
        </div>
        <div className="xaxis" />
      </div>
    </section>
  );
}

/**
 * The live page's real layout with grey blocks where data will be. It is no `loading.tsx`: that would make it the first
 * HTML of every visit, and the page behind it would need JavaScript to appear.
 */
export async function Skeleton({ children }: { children: ReactNode }) {
  const say = await pageWords(livePageWords);
  return (
    <main id="content" aria-busy="true">
      {children}
      <p className="sr">{say.loading}</p>
      <section className="panel vitals skeleton" aria-hidden="true">
        {FOUR.map((vital) => (
          <div className="vital" key={vital}>
            <Block width={88} height={12} />
            <Block width={72} height={22} />
            <Block width="100%" height={6} />
            <Block width={110} height={10} />
          </div>
        ))}
        <div className="gauges">
          <Block width={140} height={12} />
          <div className="gset">
            {FOUR.map((gauge) => (
              <div className="gauge" key={gauge}>
                <svg viewBox="0 0 84 66" aria-hidden="true">
                  <path className="arc" d={TRACK} stroke="var(--track)" />
                </svg>
              </div>
            ))}
          </div>
        </div>
      </section>
      <div aria-hidden="true">
        <EmptyPlot title={180} lines={TALL} />
      </div>
      <div className="two" aria-hidden="true">
        <EmptyPlot title={140} lines={SHORT} />
        <EmptyPlot title={140} lines={SHORT} />
      </div>
    </main>
  );
}
