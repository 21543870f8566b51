'use client';

import { useVersionName } from '../events/events-provider.tsx';
import { useFailureText } from '../failures/use-failure-text.ts';
import { useFormat, useWords } from '../language/use-language.ts';
import { useLive } from '../live/live-provider.tsx';
import { panelStateWords } from './state-words.tsx';

/** The last failure while the function fails, as its author's language tells it. */
export function Problem() {
  const say = useWords(panelStateWords);
  const textOf = useFailureText();
  const nameOf = useVersionName();
  const { span } = useFormat();
  const state = useLive((store) => store.live.state);
  const isShown = useLive(({ status }) => status === 'failing' || status === 'crashing');
  const now = useLive((store) => (isShown ? store.now : 0));
  if (!isShown || state === null || state.failure === null) return null;
  const { kind, message, traceback } = state.failure;
  const facts = [
    state.failedInARow > 0 ? say.inARow(state.failedInARow) : null,
    say.forSpan(span(now - state.since)),
    nameOf(state.version),
  ].filter((fact) => fact !== null);
  return (
    <section className="problem" role="alert" aria-label={say.failure}>
      <p className="what">
        <b>{say.failures[kind]}</b> · {facts.join(' · ')}
      </p>
      <p className="said" translate="no">
        {textOf(message)}
      </p>
      {traceback !== undefined && (
        <details>
          <summary>{say.showTraceback}</summary>
          <pre translate="no">{traceback}</pre>
        </details>
      )}
    </section>
  );
}
