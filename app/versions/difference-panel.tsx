'use client';

import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Language } from '#lib/schemas/function';
import { useFocusBack } from '../forms/use-focus-back.ts';
import { commonWords } from '../language/common-words.ts';
import { useWords } from '../language/use-language.ts';
import type { Pair } from './comparison.ts';
import { DifferenceView } from './difference-view.tsx';
import { useVersionText } from './use-version-text.ts';
import { differenceWords } from './words.tsx';

type Props = {
  name: string;
  pair: Pair;
  draft: { text: string; language: Language };
  onEdit: (text: string, language: Language) => void;
  onClose: () => void;
};

type Count = { added: number; removed: number };

/** What has changed between two versions, or between one and the draft. */
export function DifferencePanel({ name, pair: { before, after }, draft, onEdit, onClose }: Props) {
  const say = useWords(differenceWords);
  const { close } = useWords(commonWords);
  const [layout, setLayout] = useState<'unified' | 'split'>('unified');
  const [count, setCount] = useState<Count | null>(null);
  const isWide = useIsWide();
  const older = useVersionText(name, before);
  const newer = useVersionText(name, after === 'draft' ? null : after);
  const [left, right] = [older.read?.text, after === 'draft' ? draft.text : newer.read?.text];
  const language = older.read?.language ?? draft.language;
  useFocusBack();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // In some browsers it returns a promise, which is no way to clean up.
    heading.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const afterName = after === 'draft' ? say.draft : `v${after}`;
  return (
    <section className="panel" aria-labelledby="difference">
      <div className="head">
        <h2 id="difference" ref={heading}>
          {say.difference}
        </h2>
        <span className="sub">
          v{before} → {afterName}
        </span>
        <div className="grow" />
        <span className="small" role="status">
          {count !== null && typeof left === 'string' && typeof right === 'string' && <Counted {...count} />}
        </span>
        <fieldset className="seg sides" aria-label={say.layout}>
          <button type="button" aria-pressed={layout === 'unified'} onClick={() => setLayout('unified')}>
            {say.unified}
          </button>
          <button type="button" aria-pressed={layout === 'split'} onClick={() => setLayout('split')}>
            {say.split}
          </button>
        </fieldset>
        {typeof left === 'string' && (
          <button type="button" className="btn" onClick={() => onEdit(left, language)}>
            {say.edit(before)}
          </button>
        )}
        <button type="button" className="btn quiet" onClick={onClose}>
          {close}
        </button>
      </div>
      {typeof left === 'string' && typeof right === 'string' ? (
        <DifferenceView
          before={{ name: `v${before}`, text: left }}
          after={{ name: afterName, text: right }}
          language={language}
          layout={isWide ? layout : 'unified'}
          onCount={setCount}
        />
      ) : (
        <p className="none" role="status">
          {why(older, newer, say)}
        </p>
      )}
    </section>
  );
}

type Reading = ReturnType<typeof useVersionText>;

function why(older: Reading, newer: Reading, say: (typeof differenceWords)['en']): string {
  if (older.hasFailed || newer.hasFailed) return say.noAnswer;
  return [older, newer].some(({ read }) => read !== null && read.text === null) ? say.onlyFiles : say.reading;
}

function Counted({ added, removed }: Count) {
  const { none } = useWords(differenceWords);
  if (added === 0 && removed === 0) return <span className="dim">{none}</span>;
  return (
    <>
      <span className="ok-t">+{added}</span> <span className="bad-t">−{removed}</span>
    </>
  );
}

const WIDE = '(min-width: 900px)';

function subscribe(listener: () => void): () => void {
  const query = matchMedia(WIDE);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

function useIsWide(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(WIDE).matches,
    () => true,
  );
}
