'use client';

import { type KeyboardEvent, type ReactNode, useId } from 'react';

type Props<Name extends string> = {
  label: string;
  tabs: Readonly<Record<Name, ReactNode>>;
  selected: Name;
  onSelect: (name: Name) => void;
  children: ReactNode;
};

const STEPS = new Map([
  ['ArrowLeft', -1],
  ['ArrowRight', 1],
]);

/** Tabs as the ARIA practices have them: one stop for the Tab key, arrows within. */
export function Tabs<Name extends string>({ label, tabs, selected, onSelect, children }: Props<Name>) {
  const id = useId();
  // Object.keys knows only text; these are the keys of `tabs`.
  const names = Object.keys(tabs) as Name[];
  const move = (event: KeyboardEvent) => {
    const step = STEPS.get(event.key);
    if (step === undefined) return;
    const next = names[(names.indexOf(selected) + step + names.length) % names.length];
    if (next === undefined) return;
    onSelect(next);
    document.getElementById(`${id}-${next}`)?.focus();
    event.preventDefault();
  };
  return (
    <>
      <div className="tabs" role="tablist" aria-label={label} onKeyDown={move}>
        {names.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            aria-selected={name === selected}
            aria-controls={`${id}-panel`}
            tabIndex={name === selected ? 0 : -1}
            onClick={() => onSelect(name)}
          >
            {tabs[name]}
          </button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a panel without controls must be reached to be scrolled. */}
      <div className="tab-panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${selected}`} tabIndex={0}>
        {children}
      </div>
    </>
  );
}
