import type { ReactNode } from 'react';

/** A text in a frame of a bounded height; the keyboard scrolls it by itself. */
export function Scrolled({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it with the keyboard.
    <section className="text" aria-label={label} tabIndex={0} translate="no">
      {children}
    </section>
  );
}
