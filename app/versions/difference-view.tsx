'use client';

import { useEffect, useRef } from 'react';
import type { Language } from '#lib/schemas/function';
import type { Side } from '../editor/create-difference.ts';
import { useLanguage, useWords } from '../language/use-language.ts';
import { differenceWords } from './words.tsx';

type Props = {
  before: Side;
  after: Side;
  language: Language;
  layout: 'unified' | 'split';
  onCount: (count: { added: number; removed: number }) => void;
};

/** Two texts and what differs between them. */
export function DifferenceView({ before, after, language, layout, onCount }: Props) {
  const tongue = useLanguage();
  const label = useWords(differenceWords).fromTo(before.name, after.name);
  const parent = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let isWanted = true;
    let remove = () => {};
    const show = async (element: HTMLElement) => {
      const { createDifference, countDifference } = await import('../editor/create-difference.ts');
      if (!isWanted) return;
      onCount(countDifference(before.text, after.text));
      const made = await createDifference({
        parent: element,
        before: { name: before.name, text: before.text },
        after: { name: after.name, text: after.text },
        language,
        tongue,
        label,
        layout,
      });
      if (isWanted) remove = made;
      else made();
    };
    if (parent.current !== null) void show(parent.current);
    return () => {
      isWanted = false;
      remove();
    };
  }, [before.name, before.text, after.name, after.text, language, tongue, label, layout, onCount]);
  return <div className="diff" ref={parent} />;
}
