'use client';

import { useState } from 'react';
import type { Language } from '#lib/schemas/function';
import type { TryReport } from '#lib/schemas/try';
import type { Refusal } from '../forms/refusal.ts';
import { send } from '../forms/send.ts';
import { apiOf } from '../live/rest.ts';

export type TryState =
  | { kind: 'idle' }
  | { kind: 'running' }
  | { kind: 'done'; report: TryReport; edition: number }
  | { kind: 'refused'; refusal: Refusal };

/** `input`: what was pasted; null for what the input key holds. */
type Trial = { code: { text: string; language: Language } | { version: number }; input: string | null };

/** As long as a server waits for a runtime, and for what that is called with. */
const PATIENCE_MS = 60_000;

/** Runs code once, away from the function; the newest answer is shown. */
export function useTry(name: string): { state: TryState; run(trial: Trial): Promise<void> } {
  const [state, setState] = useState<TryState>({ kind: 'idle' });
  return {
    state,
    async run({ code, input }) {
      if (state.kind === 'running') return;
      setState({ kind: 'running' });
      const body = { ...('version' in code ? code : { code }), ...(input === null ? {} : { input }) };
      const answer = await send('POST', `${apiOf(name)}/try`, { body, patienceMs: PATIENCE_MS });
      if (!answer.ok) return setState({ kind: 'refused', refusal: answer.refusal });
      const { asReport } = await import('../settings-page/answers.ts');
      const report = asReport(answer.data);
      setState((before) => ({ kind: 'done', report, edition: before.kind === 'done' ? before.edition + 1 : 1 }));
    },
  };
}
