'use client';

import { type ComponentProps, useRef } from 'react';
import { useFocusHeir } from './use-focus-back.ts';

/** A button that may be gone once it has done its work: the focus does not go with it. */
export function PassingButton(props: Omit<ComponentProps<'button'>, 'ref' | 'type'>) {
  const button = useRef<HTMLButtonElement>(null);
  useFocusHeir(button);
  return <button ref={button} type="button" {...props} />;
}
