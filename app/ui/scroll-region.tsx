import type { ReactNode } from 'react';

type Props = {
  /** What it holds; or the id of the element that says so. */
  label?: string;
  labelledBy?: string;
  className?: string;
  /** Whether what it holds is the same in every language, as code is. */
  isCode?: boolean;
  children: ReactNode;
};

/** What scrolls, and holds nothing that could be focused: the keyboard scrolls it by itself. */
export function ScrollRegion({ label, labelledBy, className = 'scroll', isCode = false, children }: Props) {
  return (
    <section
      className={className}
      aria-label={label}
      aria-labelledby={labelledBy}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it with the keyboard.
      tabIndex={0}
      translate={isCode ? 'no' : undefined}
    >
      {children}
    </section>
  );
}
