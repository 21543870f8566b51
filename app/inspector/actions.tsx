'use client';

import Link from 'next/link';
import type { Invocation } from '#lib/schemas/invocation';
import { useEvents } from '../events/events-provider.tsx';
import { codePath } from '../events/paths.ts';
import { useWords } from '../language/use-language.ts';
import { addressOf } from '../live/picked.tsx';
import { CopyButton } from './copy-button.tsx';
import { inspectorWords } from './words.ts';

/** What can be done with it. */
export function Actions({ name, invocation: { id, version, input } }: { name: string; invocation: Invocation }) {
  const say = useWords(inspectorWords);
  const { viewer, numberOf } = useEvents();
  const number = viewer === 'admin' ? numberOf(version) : null;
  return (
    <div className="foot">
      {number !== null && (
        <>
          {input !== null && !input.isCut && (
            <Link className="btn" href={codePath(name, number, id)} prefetch={false}>
              {say.tryCode}
            </Link>
          )}
          <Link className="btn" href={codePath(name, number)} prefetch={false}>
            {say.edit}
          </Link>
        </>
      )}
      <CopyButton
        isWide
        text={() => new URL(addressOf(id), window.location.href).href}
        label={say.link}
        done={say.linkCopied}
      />
    </div>
  );
}
