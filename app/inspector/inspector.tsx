'use client';

import { useEffect } from 'react';
import { useFormat, useWords } from '../language/use-language.ts';
import { useLiveStore } from '../live/live-provider.tsx';
import { usePicked } from '../live/picked.tsx';
import { useTimeZone } from '../live/use-time-zone.ts';
import { BucketReport } from './bucket-report.tsx';
import { Frame } from './frame.tsx';
import { InvocationReport } from './invocation-report.tsx';
import { keepByItsId, useInvocation } from './use-invocation.ts';
import type { FirstInvocation } from './with-inspector.tsx';
import { inspectorWords } from './words.ts';
import '../styles/inspector.css';

type Props = {
  /** An id, or a time whose nearest tick is looked for. */
  tick: string;
  first: FirstInvocation | null;
  /** How long the stretches are that the charts show; null where they show single ticks. */
  bucketMs: number | null;
};

const DAY_MS = 86_400_000;
/** A tick that is further from the picked time, in periods, is another one. */
const NEAR = 2;

/** One tick: what it was called with, what came of it, and the code that did it. */
export function Inspector({ tick, first, bucketMs }: Props) {
  const say = useWords(inspectorWords);
  const { clock, span } = useFormat();
  const zone = useTimeZone();
  const { name, now, periodMs } = useLiveStore();
  const { data, hasFailed, again } = useInvocation(name, tick, first?.tick === tick ? first.invocation : undefined);
  const at = timeOf(tick);
  const isTime = !tick.includes('-');
  const away = data ? Math.abs(timeOf(data.id) - at) : 0;
  const isOther = isTime && (data === null || away > Math.max(NEAR * periodMs, bucketMs ?? 0));
  const { step } = usePicked();
  const found = isTime && bucketMs === null && data && !isOther ? data : null;
  useEffect(() => {
    if (found !== null) void keepByItsId(name, found).then(() => step(found.id));
  }, [found, name, step]);
  const shownAt = data && !isOther ? timeOf(data.id) : at;
  const title = say.title(clock(shownAt, zone, now - shownAt > DAY_MS ? 'moment' : 'second'));
  if (isOther) return <BucketReport name={name} at={at} title={title} />;
  return (
    <Frame title={title} previous={data?.previous ?? null} next={data?.next ?? null}>
      {data ? (
        <>
          {isTime && bucketMs !== null && away > 0 && <p className="none">{say.nearest(span(away))}</p>}
          <InvocationReport key={data.id} name={name} invocation={data} />
        </>
      ) : hasFailed ? (
        <p className="none" role="alert">
          {say.unavailable}{' '}
          <button type="button" className="btn link" onClick={again}>
            {say.again}
          </button>
        </p>
      ) : data === null ? (
        <p className="none">{say.gone}</p>
      ) : (
        <Blocks />
      )}
    </Frame>
  );
}

/** In the place of what is on its way. */
function Blocks() {
  const say = useWords(inspectorWords);
  return (
    <div className="blocks" aria-busy="true">
      <span className="sr">{say.loading}</span>
      {['facts', 'result', 'input'].map((each) => (
        <span key={each} className="sk" />
      ))}
    </div>
  );
}

const timeOf = (tick: string) => Number(tick.split('-')[0]);
