'use client';

import type { Actor } from '#lib/schemas/record';
import { useWords } from '../language/use-language.ts';
import { uiWords } from './words.ts';

/** Who did something: a person, or the environment of a runtime. */
export function Who({ by }: { by: Actor }) {
  const say = useWords(uiWords);
  if (by.kind === 'user')
    return (
      <span title={`uid ${by.uid}`} translate="no">
        {by.name}
      </span>
    );
  return <span title={say.declaredOn(by.host)}>{say.deployment}</span>;
}
