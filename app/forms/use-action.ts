'use client';

import { useState, useTransition } from 'react';
import type { Refusal } from './refusal.ts';
import type { Answer } from './send.ts';

type Action = {
  isPending: boolean;
  refusal: Refusal | null;
  run(): void;
};

/** One write behind one button. `done` runs after it, with what the API answered; pending lasts until its page is there. */
export function useAction(work: () => Promise<Answer>, done: (data: unknown) => void): Action {
  const [isPending, startTransition] = useTransition();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  return {
    isPending,
    refusal,
    run() {
      if (isPending) return;
      startTransition(async () => {
        const answer = await work();
        startTransition(() => {
          setRefusal(answer.ok ? null : answer.refusal);
          if (answer.ok) done(answer.data);
        });
      });
    },
  };
}
