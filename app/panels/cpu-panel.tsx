'use client';

import dynamic from 'next/dynamic';
import type { CpuGroup } from '#lib/series/group';
import { MAX_CURVES } from './cpu-note.ts';
import { FewCpus } from './few-cpus.tsx';

// Most machines have fewer CPUs than need it.
const ManyCpus = dynamic(async () => (await import('./many-cpus.tsx')).ManyCpus);

type Props = {
  group: CpuGroup;
  title: string;
  /** The group that the vitals summarise; what happened is listed under its chart. */
  isMain: boolean;
};

export function CpuPanel({ group, title, isMain }: Props) {
  return isMain && group.series.length > MAX_CURVES ? (
    <ManyCpus group={group} title={title} />
  ) : (
    <FewCpus group={group} title={title} isMain={isMain} />
  );
}
