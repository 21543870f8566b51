'use client';

import type { ReactNode } from 'react';
import { Dialog } from '../../forms/dialog.tsx';
import { ShownOnce } from '../../forms/shown-once.tsx';
import { useWords } from '../../language/use-language.ts';
import { userFormWords } from './words.ts';

type Props = { title: string; password: string; close: () => void; children: ReactNode };

/** A password that was made for somebody, while it can be read; nothing else is done until it has been handed over. */
export function HandOver({ title, password, close, children }: Props) {
  const say = useWords(userFormWords);
  return (
    <Dialog title={title} onClose={close}>
      <ShownOnce what="password" secret={password}>
        <b>{say.handOver}</b> {children}
      </ShownOnce>
      <div className="actions">
        <button type="button" className="btn primary" onClick={close}>
          {say.done}
        </button>
      </div>
    </Dialog>
  );
}
