'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { CopyCommand } from '../ui/copy-command.tsx';

type Props = {
  what: 'password' | 'token';
  secret: string;
  children: ReactNode;
};

/** A secret that nobody can read again once this is gone. It gets the focus, so that it is not missed. */
export function ShownOnce({ what, secret, children }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <div ref={ref} className="shown-once" tabIndex={-1} role="status">
      <p>{children}</p>
      <CopyCommand command={secret} what={what} />
    </div>
  );
}
