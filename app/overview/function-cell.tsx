'use client';

import Link from 'next/link';
import type { OverviewCard } from '#lib/schemas/overview';
import { SparkLine } from '../charts/spark-line.tsx';
import { useFailureText } from '../failures/use-failure-text.ts';
import { useFormat, useWords } from '../language/use-language.ts';
import { STATES, StateShape } from '../ui/state-mark.tsx';
import { missingIn } from './missing-in.ts';
import { problemOf } from './problem-of.ts';
import { overviewWords } from './words.ts';

const LANGUAGE = { python: 'Python', javascript: 'JavaScript', typescript: 'TypeScript' } as const;

type Props = { card: OverviewCard; now: number; rangeMs: number; isKiosk: boolean };

/** One function: its state, its main figure, its curve, and what is wrong with it. */
export function FunctionCell({ card, now, rangeMs, isKiosk }: Props) {
  const say = useWords(overviewWords);
  const format = useFormat();
  const textOf = useFailureText();
  const { name, status, dataAt, figure, curve } = card;
  const { tone } = STATES[status];
  const shown = figure === null ? null : format.figure(figure.value, figure.kind);
  const frame = { from: now - rangeMs, to: now };
  const said = problemOf(card, now, { say, textOf, format });
  return (
    <Link className="cell" href={pathOf(name, isKiosk)} prefetch={false} data-state={status}>
      <div className="row">
        <h2 className="cut" translate="no">
          {name}
        </h2>
        <span className={`state ${tone}`} data-state={status}>
          <StateShape tone={tone} />
          {say.status[status]}
        </span>
      </div>
      <div className="what">
        {shown !== null && <b>{shown.text}</b>}
        <span className="cut">
          {shown?.unit} <span translate="no">{figure?.name}</span>
          {figure?.name === null && say.meanOfCpus}
        </span>
        <span className="age">
          {figure !== null && status !== 'live' && dataAt !== null && format.age(now - dataAt)}
        </span>
      </div>
      <SparkLine times={curve.times} values={curve.values} frame={frame} {...missingIn(card, frame)} />
      {said !== null && (
        <p className={status === 'stale' ? 'said warn' : 'said'} translate="no" title={said}>
          {said}
        </p>
      )}
      <Numbers card={card} />
    </Link>
  );
}

function Numbers({ card: { tookMs, lagMs, failure, disabledBy, language } }: { card: OverviewCard }) {
  const say = useWords(overviewWords);
  const { duration } = useFormat();
  return (
    <div className="nums">
      {disabledBy !== null ? (
        <span className="cut">{say.offBy(disabledBy)}</span>
      ) : tookMs === null || lagMs === null ? (
        failure === null && <span>{say.noResultYet}</span>
      ) : (
        <>
          <span>
            {say.took} <b>{duration(tookMs)}</b>
          </span>
          <span>
            {say.lag} <b>{duration(lagMs)}</b>
          </span>
        </>
      )}
      <span className="grow" />
      <span className="tag" translate="no">
        {LANGUAGE[language]}
      </span>
    </div>
  );
}

function pathOf(name: string, isKiosk: boolean): string {
  return `/functions/${encodeURIComponent(name)}${isKiosk ? '?kiosk' : ''}`;
}
