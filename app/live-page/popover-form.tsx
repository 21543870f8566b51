'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { usePicked } from '../live/picked.tsx';

type Props = {
  /** The range that the page shows or refuses: where that is another one, the form has done its work. */
  of: string;
  /** Whether something is wrong with it. */
  isRefused: boolean;
  action: string;
  summary: ReactNode;
  children: ReactNode;
};

/**
 * A form behind a button, which leads to another range of the same page. Its moments get the reader's zone. The tick that
 * the reader looks at stays, as long as it lies in there.
 */
export function PopoverForm({ of, isRefused, action, summary, children }: Props) {
  const router = useRouter();
  const { tick, at: pickedAt } = usePicked();
  const ref = useRef<HTMLDetailsElement>(null);
  const wasSent = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each range.
  useEffect(() => {
    const details = ref.current;
    if (details === null) return;
    details.open = isRefused;
    if (isRefused) details.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    else if (wasSent.current) details.querySelector('summary')?.focus();
    wasSent.current = false;
  }, [of, isRefused]);
  useEffect(() => {
    const details = ref.current;
    const closeOutside = ({ target }: Event) => {
      if (target instanceof Node && details?.contains(target) === false) details.open = false;
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, []);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    wasSent.current = true;
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(event.currentTarget)) {
      // A moment without a zone is one of this clock; what is none, the server says so.
      const at = name === 'from' || name === 'to' ? Date.parse(String(value)) : Number.NaN;
      query.set(name, Number.isNaN(at) ? String(value) : String(at));
    }
    const [from, to] = [Number(query.get('from')), Number(query.get('to'))];
    if (pickedAt !== null && (pickedAt < from || pickedAt > to)) query.delete('tick');
    router.push(`${action}?${query}`, { scroll: false });
  };
  return (
    <details
      ref={ref}
      className="rangepick"
      open={isRefused}
      onKeyDown={(event) => {
        const { key, currentTarget } = event;
        if (key !== 'Escape' || !currentTarget.open) return;
        event.preventDefault();
        currentTarget.open = false;
        currentTarget.querySelector('summary')?.focus();
      }}
    >
      {summary}
      <form className="rangeform" method="get" action={action} noValidate onSubmit={submit}>
        {tick !== null && <input type="hidden" name="tick" value={tick} />}
        {children}
      </form>
    </details>
  );
}
