'use client';

import { useMemo, useState } from 'react';
import type { Invocation } from '#lib/schemas/invocation';
import { useFormat, useWords } from '../language/use-language.ts';
import { usePrinting } from '../print/use-printing.ts';
import { inputChanges } from './input-changes.ts';
import { useInvocation } from './use-invocation.ts';
import { inspectorWords } from './words.ts';

/** More changes than this are shown only to who asks for them, and on paper, which cannot be asked. */
const MOST = 8;

/** What differs from the input of the tick before. */
export function InputChanges({ name, invocation: { previous, input } }: { name: string; invocation: Invocation }) {
  const say = useWords(inspectorWords);
  const { whole } = useFormat();
  const [wantsAll, setWantsAll] = useState(false);
  const isPrinting = usePrinting();
  const isOpen = wantsAll || isPrinting;
  const { data } = useInvocation(name, input === null ? null : previous);
  const before = data?.input?.text;
  const changes = useMemo(
    () => (before === undefined || input === null ? null : inputChanges(before, input.text)),
    [before, input],
  );
  if (input === null || previous === null || data === undefined) return null;
  const more = (changes?.length ?? 0) - MOST;
  return (
    <section className="part">
      <div className="title">
        <h3>{say.changes}</h3>
      </div>
      {changes === null ? (
        <p className="dim">{say.previousGone}</p>
      ) : changes.length === 0 ? (
        <p className="dim">{say.sameInput}</p>
      ) : (
        <ul className="changes mono">
          {(isOpen ? changes : changes.slice(0, MOST)).map(({ path, before: old, after }) => (
            <li key={path}>
              <span translate="no">{path}</span>
              <span>
                {old === null ? <i>{say.added}</i> : <del translate="no">{old}</del>}
                {' → '}
                {after === null ? <i>{say.removed}</i> : <ins translate="no">{after}</ins>}
              </span>
            </li>
          ))}
        </ul>
      )}
      {more > 0 && !isOpen && (
        <button type="button" className="btn link" onClick={() => setWantsAll(true)}>
          {say.more(whole(more))}
        </button>
      )}
    </section>
  );
}
