import type { ReactNode } from 'react';
import type { Status } from '#lib/schemas/overview';

/** How a state looks: a tone, and by that a shape; its word is in `words.ts`, so that none of them has to say it alone. */
export const STATES = {
  live: { tone: 'ok' },
  stale: { tone: 'warn' },
  failing: { tone: 'bad' },
  crashing: { tone: 'bad' },
  waiting: { tone: 'idle' },
  starting: { tone: 'idle' },
  connecting: { tone: 'idle' },
  disabled: { tone: 'idle' },
} as const satisfies Record<Status, { tone: Tone }>;

export const SHAPES = {
  ok: <circle cx="6" cy="6" r="4" fill="currentColor" stroke="none" />,
  warn: (
    <>
      <circle cx="6" cy="6" r="4.6" />
      <path d="M6 3.6V6l1.7 1.2" />
    </>
  ),
  bad: <path d="M2.4 2.4l7.2 7.2M9.6 2.4L2.4 9.6" strokeWidth="2" />,
  idle: (
    <>
      <circle cx="6" cy="6" r="4.4" />
      <path d="M4 6h4" />
    </>
  ),
} as const satisfies Record<string, ReactNode>;

export type Tone = keyof typeof SHAPES;

export function StateShape({ tone, pulse = false }: { tone: Tone; pulse?: boolean }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" className={pulse ? 'pulse' : undefined}>
      {SHAPES[tone]}
    </svg>
  );
}
