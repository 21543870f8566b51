'use client';

import type { StatusDetails } from '#lib/schemas/status';
import { useFormat, useWords } from '../../language/use-language.ts';
import type { Tone } from '../../ui/state-mark.tsx';
import { type Fact, FactsPanel } from './facts-panel.tsx';
import { workWords } from './words.ts';

/** Functions by how they do, and jobs by state. */
export function WorkPanel({ status: { functions, jobs } }: { status: StatusDetails }) {
  const say = useWords(workWords);
  const { whole } = useFormat();
  const { running, failing, stale, waiting, disabled } = functions.counts;
  const counted = (name: string, count: number, tone?: Tone): Fact => ({
    name,
    value: whole(count),
    ...(tone === undefined || count === 0 ? {} : { tone }),
  });
  return (
    <FactsPanel
      id="work"
      title={say.title}
      facts={[
        counted(say.running, running, 'ok'),
        counted(say.failing, failing, 'bad'),
        counted(say.stale, stale, 'warn'),
        counted(say.waiting, waiting, 'idle'),
        counted(say.disabled, disabled, 'idle'),
        counted(say.jobsRunning, jobs.running),
        counted(say.jobsWaiting, jobs.waiting),
        counted(say.jobsEnded, jobs.ended),
      ]}
    />
  );
}
