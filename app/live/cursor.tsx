'use client';

import { createContext, use, useSyncExternalStore } from 'react';

/** The time under the pointer, shared by every chart of a page. */
export class Cursor {
  #at: number | null = null;
  readonly #listeners = new Set<() => void>();

  get at(): number | null {
    return this.#at;
  }

  readonly set = (at: number | null): void => {
    if (at === this.#at) return;
    this.#at = at;
    for (const listener of this.#listeners) listener();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export const CursorContext = createContext<Cursor>(new Cursor());

export function useCursor(): Cursor {
  return use(CursorContext);
}

/** Null while the pointer is on no chart. */
export function useCursorTime(): number | null {
  const cursor = useCursor();
  return useSyncExternalStore(
    cursor.subscribe,
    () => cursor.at,
    () => null,
  );
}
