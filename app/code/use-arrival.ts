'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useInvocation } from '../inspector/use-invocation.ts';
import { parseTick } from '../live/tick.ts';
import { useVersionText } from '../versions/use-version-text.ts';
import type { DraftNow } from './use-draft.ts';

type Arrival = {
  name: string;
  draft: DraftNow;
  /** Somebody has a draft already: the version is not put in its place, but beside it. */
  compare: (version: number) => void;
  paste: (input: string) => void;
};

/** What a link from a tick brings: the code of a version, and the input of that tick to try code on. */
export function useArrival({ name, draft, compare, paste }: Arrival): void {
  const search = useSearchParams();
  const asked = Number(search.get('version'));
  const [done, setDone] = useState({ code: false, input: false });
  const version = Number.isInteger(asked) && asked > 0 && !done.code ? asked : null;
  const tick = done.input ? null : parseTick(search.get('input'));
  const { read } = useVersionText(name, version);
  const { data } = useInvocation(name, tick);
  // A draft that is kept is only there once the page has begun.
  const [hasBegun, setBegun] = useState(false);
  useEffect(() => setBegun(true), []);

  useEffect(() => {
    if (!hasBegun || read === null || version === null) return;
    setDone((before) => ({ ...before, code: true }));
    const { text, language } = read;
    if (text === null || language === null) return;
    if (draft.isChanged) compare(version);
    else if (text !== draft.text) draft.load(text, language);
  }, [hasBegun, read, version, draft, compare]);

  useEffect(() => {
    if (tick === null || !data) return;
    setDone((before) => ({ ...before, input: true }));
    if (data.input !== null && !data.input.isCut) paste(data.input.text);
  }, [tick, data, paste]);
}
