'use client';

import type { StatusDetails } from '#lib/schemas/status';
import { MISSING } from '../../format/numbers.ts';
import { useFormat, useWords } from '../../language/use-language.ts';
import { Strip, type StripFact } from '../strip.tsx';
import { missingRoles } from './missing-roles.ts';
import { roleWords, statusWords } from './words.ts';

/** From here on, ticks that start this late are worth a look; the alert in docs/metrics.md says the same. */
const LATE_MS = 500;

/** How the program is, at a glance. */
export function StatusSummary({ status }: { status: StatusDetails }) {
  const say = useWords(statusWords);
  const { duration, bytes, whole } = useFormat();
  const { processes, redis, functions, jobs } = status;
  const lag = functions.largestLag;
  const webs = processes.filter(({ role, isAlive }) => role === 'web' && isAlive);
  const facts: StripFact[] = [
    useProcessesFact(status),
    {
      label: say.lag,
      value: lag === null ? MISSING : duration(lag.lagMs),
      tone: lag === null ? 'idle' : lag.lagMs < LATE_MS ? 'ok' : 'warn',
      more: lag === null ? say.noTick : say.largestLag(lag.name),
    },
    {
      label: say.jobs,
      value: say.jobsNow(whole(jobs.running), whole(jobs.waiting)),
      tone: jobs.waiting > 0 && !status.workers.some(({ tier }) => tier !== null) ? 'bad' : 'ok',
      more: say.jobsEnded(whole(jobs.ended)),
    },
    {
      label: 'Redis',
      value: say.redisIn(duration(redis.latencyMs)),
      tone: redis.appendOnly === 'failing' ? 'bad' : 'ok',
      more: say.redisUses(redis.version, bytes(redis.memoryBytes)),
    },
    {
      label: say.viewers,
      value: whole(webs.reduce((sum, { load }) => sum + (load ?? 0), 0)),
      tone: 'ok',
      more: say.viewersOf(webs.length),
    },
  ];
  return <Strip label={say.status} facts={facts} />;
}

function useProcessesFact(status: StatusDetails): StripFact {
  const say = useWords(statusWords);
  const { name } = useWords(roleWords);
  const gone = status.processes.filter(({ isAlive }) => !isAlive).length;
  const missing = missingRoles(status);
  return {
    label: say.processes,
    value: gone > 0 ? say.gone(gone) : say.alive(status.processes.length),
    tone: gone > 0 || missing.some(({ tone }) => tone === 'bad') ? 'bad' : 'ok',
    more: missing.length === 0 ? say.everyRole : say.missing(missing.map(({ role }) => name[role]).join(', ')),
  };
}
