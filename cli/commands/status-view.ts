import { roleName } from '#lib/schemas/role';
import type { StatusDetails } from '#lib/schemas/status';
import { age, bytes, span } from '../show/format.ts';
import type { Draw } from '../show/output.ts';
import { fields, table } from '../show/table.ts';

export function statusView(status: StatusDetails): Draw {
  const { now, processes, workers } = status;
  return (screen) => {
    const played = table(
      processes,
      [
        { title: 'ROLE', of: ({ role }) => role },
        {
          title: 'STATE',
          of: ({ isAlive }) => (isAlive ? 'alive' : 'gone'),
          style: ({ isAlive }) => (isAlive ? 'green' : 'red'),
        },
        { title: 'HEARTBEAT', of: ({ seenAt }) => age(seenAt, now), isNumber: true },
        { title: 'HOST', of: ({ host }) => host, mayCut: true },
        { title: 'PID', of: ({ pid }) => pid, isNumber: true },
        { title: 'IN HAND', of: ({ load }) => load, isNumber: true },
        { title: 'MEMORY', of: ({ memoryBytes }) => bytes(memoryBytes), isNumber: true },
        { title: 'VERSION', of: ({ version }) => version },
        { title: 'SINCE', of: ({ startedAt }) => age(startedAt, now), isNumber: true },
      ],
      screen,
    );
    const confined = table(
      workers,
      [
        { title: 'WORKER', of: ({ host, pid }) => `${host} ${pid}`, mayCut: true },
        { title: 'SANDBOX', of: ({ tier }) => tier ?? 'none: refuses jobs' },
        { title: 'MISSING', of: ({ missing }) => missing.join('; ') || 'nothing', mayCut: true },
      ],
      screen,
    );
    return [played, fields(factsOf(status), screen), ...(workers.length === 0 ? [] : [confined])].join('\n');
  };
}

function factsOf({ processes, functions, jobs, redis }: StatusDetails): [string, string | null][] {
  const missing = roleName.options.filter((role) => !processes.some((each) => each.role === role && each.isAlive));
  const { running, failing, stale, waiting, disabled } = functions.counts;
  const { largestLag: lag } = functions;
  const limit = redis.memoryLimitBytes === null ? '' : ` of ${bytes(redis.memoryLimitBytes)}`;
  return [
    ['Nobody plays', missing.length === 0 ? null : missing.join(', ')],
    [
      'Functions',
      `${running} running, ${failing} failing, ${stale} stale, ${waiting} waiting for data, ${disabled} disabled`,
    ],
    ['Largest lag', lag === null ? null : `${span(lag.lagMs)}, of ${lag.name}`],
    ['Jobs', `${jobs.running} running, ${jobs.waiting} waiting, ${jobs.ended} ended and kept`],
    ['Redis', `${redis.version}, up for ${span(redis.uptimeMs)}, answers in ${span(redis.latencyMs)}`],
    ['Redis memory', `${bytes(redis.memoryBytes)}${limit}, ${redis.eviction}`],
    ['Redis keeps', KEEPS[redis.appendOnly]],
  ];
}

const KEEPS = {
  ok: 'each change, in its log',
  failing: 'nothing: its log of changes cannot be written',
  off: 'snapshots only',
} as const;
