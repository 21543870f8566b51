'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { signInPath } from '../auth/next-path.ts';
import { useWords } from '../language/use-language.ts';
import { useLiveStore } from '../live/live-provider.tsx';
import { useAddressOf, usePicked } from '../live/picked.tsx';
import { useEvents } from './events-provider.tsx';
import { GapEnd } from './gap.tsx';
import type { Happening } from './happenings.ts';
import { Look } from './look.tsx';
import { changePath, codePath } from './paths.ts';
import { eventWords } from './words.ts';

/** Who did it, and the way to what happened. */
export function EventEnd({ of }: { of: Happening }) {
  const say = useWords(eventWords);
  const { pickTick } = usePicked();
  const { name } = useLiveStore();
  if (of.kind === 'failure') return <FailureEnd at={of.run.to} />;
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

/** Its traceback is for who is signed in; everybody may see the rest. */
function FailureEnd({ at }: { at: number }) {
  const say = useWords(eventWords);
  const { pick } = usePicked();
  const { viewer } = useEvents();
  const addressOf = useAddressOf();
  if (viewer !== 'nobody') return <Look onClick={() => pick(at)}>{say.viewTraceback}</Look>;
  return (
    <>
      <Look onClick={() => pick(at)}>{say.viewTick}</Look>
      <Link href={signInPath(addressOf(`${at}`))} prefetch={false}>
        {say.signInForTraceback}
      </Link>
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
