'use client';

import { span } from '../format/age.ts';
import { counted } from '../format/number.ts';
import { useLive } from '../live/live-provider.tsx';

const WHAT = {
  init: 'The code does not load',
  invocation: 'The function fails',
  'bad-result': 'The result cannot be stored',
  'bad-input': 'The input cannot be used',
  timeout: 'The function takes too long',
  exit: "The function's process ended",
} as const;

/** The last failure while the function fails, as its author's language tells it. */
export function Problem() {
  const state = useLive((store) => store.live.state);
  const isShown = useLive(({ status }) => status === 'failing' || status === 'crashing');
  const now = useLive((store) => (isShown ? store.now : 0));
  if (!isShown || state === null || state.failure === null) return null;
  const { kind, message, traceback } = state.failure;
  const facts = [
    state.failedInARow > 0 ? `${counted(state.failedInARow, 'tick')} in a row` : null,
    `for ${span(now - state.since)}`,
    `version ${state.version.slice(0, 7)}`,
  ].filter((fact) => fact !== null);
  return (
    <section className="problem" role="alert" aria-label="Failure">
      <p className="what">
        <b>{WHAT[kind]}</b> · {facts.join(' · ')}
      </p>
      <p className="said">{message}</p>
      {traceback !== undefined && (
        <details>
          <summary>Show traceback</summary>
          <pre>{traceback}</pre>
        </details>
      )}
    </section>
  );
}
