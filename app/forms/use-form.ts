'use client';

import {
  type RefObject,
  type SubmitEvent,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  useTransition,
} from 'react';
import type { Refusal, Wrong } from './refusal.ts';

/** Sends what the form holds; a refusal is shown, null means that it is done. */
type Submit = (data: FormData, form: HTMLFormElement) => Promise<Refusal | null>;

export type Form = {
  /** For the `<form>` element. */
  props: {
    ref: RefObject<HTMLFormElement | null>;
    onSubmit: (event: SubmitEvent<HTMLFormElement>) => void;
    noValidate: true;
  };
  /** Whether it can be sent already: without JavaScript, never. */
  isReady: boolean;
  /** From the click until the page shows what has come of it. */
  isPending: boolean;
  refusal: Refusal | null;
  /** What is wrong with a field. */
  problemOf(path: string): Wrong | undefined;
  /** Forgets what was refused. */
  clear(): void;
};

const never = () => () => {};

/** A form that is sent with `send`: its refusal goes beside the fields, and the first wrong one gets the focus. */
export function useForm(submit: Submit): Form {
  const ref = useRef<HTMLFormElement>(null);
  const isReady = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const [isPending, startTransition] = useTransition();
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  useEffect(() => {
    if (refusal !== null) ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusal]);

  return {
    props: {
      ref,
      noValidate: true,
      onSubmit(event) {
        event.preventDefault();
        const form = event.currentTarget;
        if (isPending) return;
        startTransition(async () => {
          const outcome = await submit(new FormData(form), form);
          startTransition(() => setRefusal(outcome));
        });
      },
    },
    isReady,
    isPending,
    refusal,
    problemOf: (path) => refusal?.fields[path],
    clear: () => setRefusal(null),
  };
}
