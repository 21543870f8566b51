import type { AuditAction, AuditEntry } from '#lib/schemas/audit';

/** What was done, in words. */
export const ACTIONS = {
  'session.start': 'signed in',
  'session.refused': 'sign-in refused',
  'session.end': 'ended a session',
  'password.change': 'changed the password',
  'password.reset': 'reset the password',
  'token.create': 'created a token',
  'token.revoke': 'revoked a token',
  'user.create': 'created a user',
  'user.update': 'changed a user',
  'user.delete': 'deleted a user',
  'function.create': 'created a function',
  'function.delete': 'deleted a function',
  'function.settings': 'changed settings',
  'function.enable': 'enabled a function',
  'function.disable': 'disabled a function',
  'function.deploy': 'deployed code',
  'function.roll-back': 'rolled back code',
  'job.cancel': 'cancelled a job',
  'job.refuse': 'job refused',
} as const satisfies Record<AuditAction, string>;

/** A moment is written in the reader's own time. */
export type Shown = string | { at: number };

/** One thing that is another one now; null where there was or is nothing. */
export type Difference = { name: string; before: Shown | null; after: Shown | null };

/** What changed, from what to what. */
export function differencesOf({ before, after }: Pick<AuditEntry, 'before' | 'after'>): Difference[] {
  const [old, now] = [membersOf(before), membersOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((name) => JSON.stringify(old.get(name)) !== JSON.stringify(now.get(name)))
    .map((name) => ({
      name: name.replace(/(Ms|At)$/, ''),
      before: shown(name, old.get(name)),
      after: shown(name, now.get(name)),
    }));
}

function membersOf(value: unknown): Map<string, unknown> {
  if (value === null || value === undefined) return new Map();
  if (typeof value !== 'object') return new Map([['', value]]);
  return new Map(Object.entries(value).filter(([, member]) => member !== null && member !== undefined));
}

/** By the endings that names have everywhere: `periodMs` is a duration, `expiresAt` a moment. */
function shown(name: string, value: unknown): Shown | null {
  if (value === undefined) return null;
  if (typeof value === 'number' && name.endsWith('At')) return { at: value };
  if (typeof value === 'number' && name.endsWith('Ms')) return `${value / 1_000} s`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
