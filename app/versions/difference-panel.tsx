'use client';

import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Language } from '#lib/schemas/function';
import { useFocusBack } from '../forms/use-focus-back.ts';
import type { Pair } from './comparison.ts';
import { DifferenceView } from './difference-view.tsx';
import { useVersionText } from './use-version-text.ts';

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
  const afterName = after === 'draft' ? 'draft' : `v${after}`;
  return (
    <section className="panel" aria-labelledby="difference">
      <div className="head">
        <h2 id="difference" ref={heading}>
          Difference
        </h2>
        <span className="sub">
          v{before} → {afterName}
        </span>
        <div className="grow" />
        <span className="small" role="status">
          {count !== null && typeof left === 'string' && typeof right === 'string' && <Counted {...count} />}
        </span>
        <fieldset className="seg sides" aria-label="Layout of the difference">
          <button type="button" aria-pressed={layout === 'unified'} onClick={() => setLayout('unified')}>
            Unified
          </button>
          <button type="button" aria-pressed={layout === 'split'} onClick={() => setLayout('split')}>
            Side by side
          </button>
        </fieldset>
        {typeof left === 'string' && (
          <button type="button" className="btn" onClick={() => onEdit(left, language)}>
            Edit v{before}
          </button>
        )}
        <button type="button" className="btn quiet" onClick={onClose}>
          Close
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
          {why(older, newer)}
        </p>
      )}
    </section>
  );
}

type Reading = ReturnType<typeof useVersionText>;

function why(older: Reading, newer: Reading): string {
  if (older.hasFailed || newer.hasFailed) return 'The server does not answer with both of them. Try again.';
  return [older, newer].some(({ read }) => read !== null && read.text === null)
    ? 'Only single files can be compared: one of these is an archive, or its code is not kept any more.'
    : 'Reading both…';
}

function Counted({ added, removed }: Count) {
  if (added === 0 && removed === 0) return <span className="dim">no difference</span>;
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
