'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useWords } from '../language/use-language.ts';
import { useLiveStore } from '../live/live-provider.tsx';
import { usePicked } from '../live/picked.tsx';
import { useEvents } from './events-provider.tsx';
import { GapEnd } from './gap.tsx';
import type { Happening } from './happenings.ts';
import { Look } from './look.tsx';
import { changePath, codePath } from './paths.ts';
import { eventWords } from './words.ts';

/** Who did it, and the way to what happened. */
export function EventEnd({ of }: { of: Happening }) {
  const say = useWords(eventWords);
  const { pick, pickTick } = usePicked();
  const { name } = useLiveStore();
  if (of.kind === 'failure') return <Look onClick={() => pick(of.run.to)}>{say.viewTraceback}</Look>;
  if (of.kind === 'restart') {
    const { invocation } = of;
    return invocation === undefined ? null : <Look onClick={() => pickTick(invocation)}>{say.viewTick}</Look>;
  }
  if (of.kind === 'gap') return <GapEnd of={of} />;
  const by = of.kind === 'settings' ? of.by : (of.wish?.by ?? null);
  return (
    <>
      {by !== null && (by.kind === 'user' ? <span translate="no">{by.name}</span> : <span>{say.deployment}</span>)}
      {of.kind !== 'settings'
        ? of.version !== null && <ForAdmins to={codePath(name, of.version)}>{say.viewCode}</ForAdmins>
        : // What a deployment brings is nobody's deed, so it is in no audit.
          by?.kind !== 'deployment' && <ForAdmins to={changePath(name, of.revision)}>{say.viewChange}</ForAdmins>}
    </>
  );
}

function ForAdmins({ to, children }: { to: string; children: ReactNode }) {
  const { viewer } = useEvents();
  if (viewer !== 'admin') return null;
  return (
    <Link href={to} prefetch={false}>
      {children}
    </Link>
  );
}
