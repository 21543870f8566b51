import type { RoleName } from '#lib/schemas/role';
import type { StatusDetails } from '#lib/schemas/status';
import type { Tone } from '../../ui/state-mark.tsx';

/** In the order in which a metric passes them. The schema has them too, but would bring its whole library along. */
export const ROLES = ['collector', 'functions', 'web', 'jobs'] as const satisfies readonly RoleName[];

export type MissingRole = { role: RoleName; tone: Tone };

/** The roles that nobody plays. Some installations leave one to others on purpose: it is bad where it lacks, or has been there. */
export function missingRoles({
  processes,
  functions,
  jobs,
}: Pick<StatusDetails, 'processes' | 'functions' | 'jobs'>): MissingRole[] {
  const { counts } = functions;
  const isNeeded: Record<RoleName, boolean> = {
    collector: counts.stale + counts.waiting > 0,
    functions: functions.total > counts.disabled,
    web: false,
    jobs: jobs.waiting > 0,
  };
  const played = new Set(processes.filter(({ isAlive }) => isAlive).map(({ role }) => role));
  const gone = new Set(processes.map(({ role }) => role));
  return ROLES.filter((role) => !played.has(role)).map((role) => ({
    role,
    tone: isNeeded[role] || gone.has(role) ? 'bad' : 'idle',
  }));
}
