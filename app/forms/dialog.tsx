'use client';

import { type ReactNode, useEffect, useId, useRef } from 'react';
import '../styles/forms.css';

type Props = {
  title: ReactNode;
  children: ReactNode;
  /** Escape, the cancel button, or a click beside it. */
  onClose: () => void;
};

/** A modal dialog while it is rendered; the browser keeps the focus in it, and gives it back afterwards. */
export function Dialog({ title, children, onClose }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
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
