'use client';

import type { Invocation } from '#lib/schemas/invocation';
import { useFailureText } from '../failures/use-failure-text.ts';
import { useWords } from '../language/use-language.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { SignInHint } from './sign-in-hint.tsx';
import { inspectorWords } from './words.ts';

type Props = { failure: NonNullable<Invocation['failure']>; isReserved: boolean; isComplete: boolean };

/** Why it failed, as its author's language tells it. */
export function FailureSection({ failure: { message, traceback }, isReserved, isComplete }: Props) {
  const say = useWords(inspectorWords);
  const textOf = useFailureText();
  return (
    <section className="part">
      <div className="title">
        <h3>{say.failure}</h3>
      </div>
      <p className="mono bad-t said" translate="no">
        {textOf(message)}
      </p>
      {traceback !== undefined && (
        <ScrollRegion className="text" isCode label={say.traceback}>
          <pre className="json">{traceback}</pre>
        </ScrollRegion>
      )}
      {traceback === undefined && isReserved && isComplete && <SignInHint>{say.toSeeTraceback}</SignInHint>}
    </section>
  );
}
