'use client';

import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { SettingsReading } from '#lib/schemas/api';
import type { ListedVersion } from '#lib/schemas/record';
import { useLive } from '../live/live-provider.tsx';
import { apiOf } from '../live/rest.ts';

/** What is wanted of a function, as it was last read. */
export type Wanted = { settings: SettingsReading; versions: readonly ListedVersion[] };

type WantedNow = Wanted & {
  /** Somebody has deleted it meanwhile. */
  isGone: boolean;
  /** Takes in what an answer says; an older one is passed over. */
  accept(settings: SettingsReading): void;
  /** Reads all of it anew. */
  reload(): Promise<void>;
};

const WantedContext = createContext<WantedNow | null>(null);

/** Holds the function's settings and versions, and reads them again when its live state tells of a change. */
export function WantedProvider({ first, children }: { first: Wanted; children: ReactNode }) {
  const { name } = first.settings;
  const [wanted, setWanted] = useState(first);
  const [isGone, setGone] = useState(false);
  const accept = useCallback((settings: SettingsReading) => {
    setWanted((before) => (settings.revision < before.settings.revision ? before : { ...before, settings }));
  }, []);
  const reload = useCallback(async () => {
    const read = await readWanted(name).catch(() => null);
    if (read === 'gone') setGone(true);
    else if (read !== null) setWanted((before) => (read.settings.revision < before.settings.revision ? before : read));
  }, [name]);
  const value = useMemo(() => ({ ...wanted, isGone, accept, reload }), [wanted, isGone, accept, reload]);
  return (
    <WantedContext value={value}>
      <FollowNews />
      {children}
    </WantedContext>
  );
}

export function useWanted(): WantedNow {
  const wanted = use(WantedContext);
  if (wanted === null) throw new Error('A component of the settings is outside of its WantedProvider');
  return wanted;
}

/** Whoever changes the function, its runtime tells of it by the live feed. */
function FollowNews() {
  const { settings, reload } = useWanted();
  const news = useLive(({ live: { state, runtimeAlive } }) =>
    [
      state?.revision,
      state?.versionNumber,
      state?.rejected?.version,
      state?.status === 'disabled',
      runtimeAlive,
    ].join(),
  );
  const known = useRef(news);
  const liveRevision = useLive(({ live: { state } }) => state?.revision ?? 0);
  const isBehind = liveRevision > settings.revision;
  useEffect(() => {
    if (known.current === news && !isBehind) return;
    known.current = news;
    void reload();
  }, [news, isBehind, reload]);
  return null;
}

async function readWanted(name: string): Promise<Wanted | 'gone'> {
  const [settings, versions, { asSettings, asVersions }] = await Promise.all([
    fetch(`${apiOf(name)}/settings`, { cache: 'no-store' }),
    fetch(`${apiOf(name)}/versions`, { cache: 'no-store' }),
    import('./answers.ts'),
  ]);
  if (settings.status === 404) return 'gone';
  return { settings: asSettings(await settings.json()), versions: asVersions(await versions.json()) };
}
