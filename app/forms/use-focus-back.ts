'use client';

import { type RefObject, useLayoutEffect } from 'react';
import { giveFocusBack, placeOf } from './give-focus-back.ts';

/** For what opens: when it is closed, the focus goes back to where it was. */
export function useFocusBack(): void {
  useLayoutEffect(() => {
    const place = placeOf(document.activeElement ?? document.body);
    return () => giveFocusBack(place);
  }, []);
}

/** For a control that may vanish by what it does: the focus that it has then goes to what is nearest. */
export function useFocusHeir(ref: RefObject<Element | null>): void {
  useLayoutEffect(() => {
    const element = ref.current;
    return () => {
      if (element !== null && element === document.activeElement) giveFocusBack(placeOf(element));
    };
  }, [ref]);
}
