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
} as const satisfies Record<AuditAction, string>;

/** One thing that is another one now; null where there was or is nothing. */
export type Difference = { name: string; before: string | null; after: string | null };

/** What changed, from what to what. */
export function differencesOf({ before, after }: Pick<AuditEntry, 'before' | 'after'>): Difference[] {
  const [old, now] = [membersOf(before), membersOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((name) => ({ name, before: old.get(name) ?? null, after: now.get(name) ?? null }))
    .filter((difference) => difference.before !== difference.after);
}

function membersOf(value: unknown): Map<string, string> {
  if (value === null || value === undefined) return new Map();
  if (typeof value !== 'object') return new Map([['', textOf(value)]]);
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return new Map(members.map(([name, member]) => [name, textOf(member)]));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
