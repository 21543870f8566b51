'use client';

import type { ReactNode } from 'react';
import { Dialog } from '../../forms/dialog.tsx';
import { ShownOnce } from '../../forms/shown-once.tsx';

type Props = { title: string; password: string; close: () => void; children: ReactNode };

/** A password that was made for somebody, while it can be read; nothing else is done until it has been handed over. */
export function HandOver({ title, password, close, children }: Props) {
  return (
    <Dialog title={title} onClose={close}>
      <ShownOnce what="password" secret={password}>
        <b>Hand over this password.</b> It is not shown again; {children}
      </ShownOnce>
      <div className="actions">
        <button type="button" className="btn primary" onClick={close}>
          Done
        </button>
      </div>
    </Dialog>
  );
}
