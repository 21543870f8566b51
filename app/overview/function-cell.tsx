import Link from 'next/link';
import { SparkLine } from '../charts/spark-line.tsx';
import { age, span } from '../format/age.ts';
import { counted, duration, figureOf } from '../format/number.ts';
import { pageWords } from '../language/page-language.ts';
import { STATES, StateShape } from '../ui/state-mark.tsx';
import { stateWords } from '../ui/state-words.ts';
import type { Card } from './load-card.ts';

const LANGUAGE = { python: 'Python', javascript: 'JavaScript', typescript: 'TypeScript' } as const;

export async function FunctionCell({ card }: { card: Card }) {
  const { state, status, now, newest, figure, times, values, frame, failures } = card;
  const { tone } = STATES[status];
  const word = (await pageWords(stateWords))[status];
  const shown = figure === null ? null : figureOf(figure.value, figure.kind);
  const isStale = status === 'stale';
  const lastAt = times.at(-1) ?? frame.from;
  const missing = isStale
    ? [{ from: lastAt, to: frame.to }]
    : failures.map(({ from, to }) => ({ from, to: to + state.periodMs }));
  const said = problemOf(card);
  return (
    <Link className="cell" href={`/functions/${encodeURIComponent(state.name)}`} prefetch={false}>
      <div className="row">
        <h2 className="cut">{state.name}</h2>
        <span className={`state ${tone}`} data-state={status}>
          <StateShape tone={tone} />
          {status === 'live' ? 'Running' : word}
        </span>
      </div>
      <div className="what">
        {shown !== null && <b>{shown.text}</b>}
        <span className="cut">{[shown?.unit, figure?.label].filter(Boolean).join(' ')}</span>
        <span>{status !== 'live' && newest !== undefined && age(now - newest.inputAt)}</span>
      </div>
      <SparkLine times={times} values={values} frame={frame} missing={missing} tone={isStale ? 'warn' : undefined} />
      {said !== null && <p className={isStale ? 'said warn' : 'said'}>{said}</p>}
      <div className="nums">
        {newest === undefined ? (
          <span>has not run yet</span>
        ) : (
          <>
            <span>
              took <b>{duration(newest.tookMs)}</b>
            </span>
            <span>
              lag <b>{duration(newest.lagMs)}</b>
            </span>
          </>
        )}
        <span className="grow" />
        <span className="tag">{LANGUAGE[state.language]}</span>
      </div>
    </Link>
  );
}

function problemOf({ state, status, now, newest }: Card): string | null {
  const { failure, failedInARow, retryAt, inputKey } = state;
  if (status === 'stale') {
    return newest === undefined ? null : `${inputKey} has not changed for ${span(now - newest.inputAt)}`;
  }
  if (failure === null || (status !== 'failing' && status !== 'crashing')) return null;
  const rest = retryAt !== null && retryAt > now ? `retry in ${span(retryAt - now)}` : counted(failedInARow, 'tick');
  return `${failure.message} · ${rest}`;
}
