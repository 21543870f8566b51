'use client';

import { useEffect, useState } from 'react';
import type { JobLanguage, JobScript } from '#lib/schemas/job';
import { findDraft, inLanguage, isSame, keepDraft, NEW } from './draft.ts';

type DraftNow = {
  draft: JobScript;
  /** Another number: the code was not typed into the editor. */
  edition: number;
  isChanged: boolean;
  type(code: string): void;
  /** Takes what is not typed into the editor. */
  set(change: Partial<JobScript>): void;
  speak(language: JobLanguage): void;
  discard(): void;
};

/** The job as it is written, kept in the tab; it begins with the script of another one, or with an example. */
export function useDraft(from: { id: number; script: JobScript } | null): DraftNow {
  const beginning = from?.script ?? NEW;
  const key = from?.id ?? null;
  const [{ draft, edition }, setState] = useState({ draft: beginning, edition: 0 });
  const put = (next: JobScript, isTyped = false) => {
    setState((before) => ({ draft: next, edition: before.edition + (isTyped ? 0 : 1) }));
    keepDraft(key, isSame(next, beginning) ? null : next);
  };
  useEffect(() => {
    const kept = findDraft(key);
    if (kept !== null) setState((before) => ({ draft: kept, edition: before.edition + 1 }));
  }, [key]);
  return {
    draft,
    edition,
    isChanged: !isSame(draft, beginning),
    type: (code) => put({ ...draft, code }, true),
    set: (change) => put({ ...draft, ...change }),
    speak: (language) => put(inLanguage(draft, language)),
    discard: () => put(beginning),
  };
}
