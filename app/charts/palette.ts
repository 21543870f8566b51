'use client';

import { useSyncExternalStore } from 'react';

const TOKENS = ['--s1', '--s2', '--s3', '--s4', '--s5', '--s6', '--s7', '--s8'] as const;
const DARK = '(prefers-color-scheme: dark)';

let known: string | null = null;

/** What the tokens resolve to in the theme of this moment, as a canvas understands it. */
function resolve(): string {
  const probe = document.createElement('i');
  probe.hidden = true;
  document.body.append(probe);
  const colours = TOKENS.map((token) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return colours.join(';');
}

function subscribe(listener: () => void): () => void {
  const changed = () => {
    known = null;
    listener();
  };
  const attribute = new MutationObserver(changed);
  attribute.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const system = matchMedia(DARK);
  system.addEventListener('change', changed);
  return () => {
    attribute.disconnect();
    system.removeEventListener('change', changed);
  };
}

/** The series colours, by slot from 0; another theme gives others. */
export function usePalette(): readonly string[] {
  const colours = useSyncExternalStore(
    subscribe,
    () => {
      known ??= resolve();
      return known;
    },
    () => '',
  );
  return colours.split(';');
}

/** A resolved colour, thinned for an area. */
export function translucent(colour: string, alpha: number): string {
  return colour.replace(/^rgb\((.*)\)$/, `rgba($1, ${alpha})`);
}
