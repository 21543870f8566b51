'use client';

import { useEffect, useRef, useState } from 'react';
import type { Language } from '#lib/schemas/function';
import { BEGINNINGS, type FileBase } from './code-base.ts';
import { type Draft, dropDraft, findDraft, keepDraft } from './draft-store.ts';

export type DraftNow = Draft & {
  isChanged: boolean;
  /** The number of another version that runs by now; null while it is the one that the draft began with. */
  overtakenBy: number | null;
  /** Another number: the text was set by the page, not typed into the editor. */
  edition: number;
  type(text: string): void;
  /** Takes a text in the place of what is there. */
  load(text: string, language: Language): void;
  speak(language: Language): void;
  discard(): void;
};

/** The code as it is edited. It follows the version that runs while nobody has changed it, and is kept while somebody has. */
export function useDraft(name: string, live: FileBase): DraftNow {
  const [{ draft, edition }, setState] = useState({ draft: fresh(live), edition: 0 });
  const set = (next: Draft, isTyped = false) =>
    setState((before) => ({ draft: next, edition: before.edition + (isTyped ? 0 : 1) }));

  const seen = useRef<FileBase | null>(null);
  useEffect(() => {
    const isFirst = seen.current === null;
    if (!isFirst && seen.current?.number === live.number) return;
    seen.current = live;
    setState((before) => {
      const kept = isFirst ? findDraft(name) : before.draft;
      const isWanted = kept !== null && isChanged(kept) && !isAs(kept, live);
      if (!isWanted && !isFirst) dropDraft(name, before.draft.base);
      return { draft: isWanted ? kept : fresh(live), edition: before.edition + 1 };
    });
  }, [name, live]);

  const keep = (next: Draft, isTyped = false) => {
    set(next, isTyped);
    keepDraft(name, next);
  };
  return {
    ...draft,
    isChanged: isChanged(draft),
    overtakenBy: draft.base.number === live.number ? null : live.number,
    edition,
    type: (text) => keep({ ...draft, text }, true),
    load: (text, language) => keep({ ...draft, text, language }),
    speak: (language) =>
      keep({ ...draft, language, text: draft.text === beginningOf(draft) ? BEGINNINGS[language] : draft.text }),
    discard: () => {
      dropDraft(name, draft.base);
      set(fresh(live));
    },
  };
}

const fresh = (base: FileBase): Draft => ({ base, text: base.text, language: base.language });
const isChanged = ({ base, text, language }: Draft) => text !== base.text || language !== base.language;
/** Whether it has been deployed meanwhile. */
const isAs = ({ text, language }: Draft, live: FileBase) => text === live.text && language === live.language;

/** What a change of the language may replace: what nobody has written here. */
function beginningOf({ base, language }: Draft): string {
  return base.language === language ? base.text : BEGINNINGS[language];
}
