import type { AuditEntry } from '#lib/schemas/audit';

/** A moment is written in the reader's own time, a duration in their language. */
export type Shown = string | { at: number } | { ms: number };

/** One thing that is another one now, by its name in the API; null where there was or is nothing. */
export type Difference = { name: string; before: Shown | null; after: Shown | null };

/** What changed, from what to what. */
export function differencesOf({ before, after }: Pick<AuditEntry, 'before' | 'after'>): Difference[] {
  const [old, now] = [membersOf(before), membersOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((name) => JSON.stringify(old.get(name)) !== JSON.stringify(now.get(name)))
    .map((name) => ({
      name,
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
  if (typeof value === 'number' && name.endsWith('Ms')) return { ms: value };
  return typeof value === 'string' ? value : JSON.stringify(value);
}
