import type { OverviewCard } from '#lib/schemas/overview';

type Stretch = { from: number; to: number };
type Missing = { failed: Stretch[]; silent: (Stretch & { tone: 'warn' | 'idle' }) | null };

const TONES = { stale: 'warn', disabled: 'idle' } as const;

/** Where ticks failed, and what has gone by without one. */
export function missingIn({ status, curve, periodMs }: OverviewCard, { from, to }: Stretch): Missing {
  const failed = curve.failures.map((run) => ({ from: run.from, to: run.to + periodMs }));
  const lastGood = curve.times.at(-1) ?? from;
  if (status === 'failing' || status === 'crashing') {
    return { failed: [...failed, { from: lastGood, to }], silent: null };
  }
  if (status !== 'stale' && status !== 'disabled') return { failed, silent: null };
  const since = Math.max(lastGood, failed.at(-1)?.to ?? from);
  return { failed, silent: since < to ? { from: since, to, tone: TONES[status] } : null };
}
