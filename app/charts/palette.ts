'use client';

import { useSyncExternalStore } from 'react';

const TOKENS = ['--s1', '--s2', '--s3', '--s4', '--s5', '--s6', '--s7', '--s8'] as const;
/** A dark screen prints in light colours. */
const OTHER_COLOURS = ['(prefers-color-scheme: dark)', 'print'];

const known = new Map<string, readonly string[]>();

/** What tokens resolve to in the theme of this moment, as a canvas understands it. */
function resolve(tokens: readonly string[]): readonly string[] {
  const probe = document.createElement('i');
  probe.hidden = true;
  document.body.append(probe);
  const colours = tokens.map((token) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return colours;
}

function subscribe(listener: () => void): () => void {
  const changed = () => {
    known.clear();
    listener();
  };
  const attribute = new MutationObserver(changed);
  attribute.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const media = OTHER_COLOURS.map((query) => matchMedia(query));
  for (const each of media) each.addEventListener('change', changed);
  return () => {
    attribute.disconnect();
    for (const each of media) each.removeEventListener('change', changed);
  };
}

const NONE: readonly string[] = [];

/** The colours of some tokens; another theme gives others. */
export function useTokens(tokens: readonly string[]): readonly string[] {
  const key = tokens.join();
  return useSyncExternalStore(
    subscribe,
    () => {
      const colours = known.get(key) ?? resolve(tokens);
      known.set(key, colours);
      return colours;
    },
    () => NONE,
  );
}

/** The series colours, by slot from 0. */
export function usePalette(): readonly string[] {
  return useTokens(TOKENS);
}

/** A resolved colour, thinned for an area. */
export function translucent(colour: string, alpha: number): string {
  return colour.replace(/^rgb\((.*)\)$/, `rgba($1, ${alpha})`);
}
