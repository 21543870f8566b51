'use client';

import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { useWords } from '../language/use-language.ts';
import { Icon } from '../ui/line-icon.tsx';
import { settingsPageWords } from './words.ts';

type Props = { name: string; names: readonly string[] };

/** The function's name; where there are several, a menu of the others' settings. */
export function FunctionSwitch({ name, names }: Props) {
  const say = useWords(settingsPageWords);
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const { current } = menu;
      if (current?.open !== true) return;
      const isAway = event instanceof KeyboardEvent ? event.key === 'Escape' : !current.contains(event.target as Node);
      if (isAway) current.open = false;
      if (isAway && event instanceof KeyboardEvent) current.querySelector('summary')?.focus();
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('keydown', close);
    };
  }, []);
  if (names.length < 2) return <h1 translate="no">{name}</h1>;
  return (
    <details className="switcher" ref={menu}>
      <summary aria-label={say.showAnother(name)}>
        <h1 translate="no">{name}</h1>
        <Icon shape="down" />
      </summary>
      <ul className="menu" translate="no">
        {names.map((each) => (
          <li key={each}>
            <Link
              href={`/functions/${encodeURIComponent(each)}/settings`}
              aria-current={each === name ? 'page' : undefined}
              prefetch={false}
            >
              {each}
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}
