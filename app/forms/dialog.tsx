'use client';

import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import '../styles/forms.css';
import { useFocusBack } from './use-focus-back.ts';

type Props = {
  title: ReactNode;
  children: ReactNode;
  /** Escape, or the cancel button. */
  onClose: () => void;
};

/** A modal dialog while it is rendered: the browser keeps the focus in it. */
export function Dialog({ title, children, onClose }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useFocusBack();
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
