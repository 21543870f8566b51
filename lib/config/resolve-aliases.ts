import { environment, metaOf, type SettingMeta } from './environment.ts';
import { resolveRedis } from './resolve-redis.ts';
import { disagreement, given, ignoredNote, type RawEnvironment, type Resolved, supply } from './resolved.ts';

/** Finds the value of each setting among its names: the canonical one wins, two aliases must agree. */
export function resolveAliases(env: RawEnvironment): Resolved {
  const resolved: Resolved = { values: {}, suppliedBy: {}, notes: [], problems: [] };
  for (const [canonical, schema] of Object.entries(environment.shape)) {
    if (canonical === 'REDIS_URL') resolveRedis(env, resolved);
    else resolveOne(env, canonical, metaOf(schema), resolved);
  }
  return resolved;
}

function resolveOne(env: RawEnvironment, canonical: string, meta: SettingMeta, into: Resolved): void {
  const read = (name: string) => (meta.verbatim ? given(env, name) : given(env, name)?.trim());
  const own = read(canonical);
  const used = (meta.aliases ?? []).flatMap((name) => {
    const value = read(name);
    return value === undefined ? [] : [{ name, value }];
  });
  if (own !== undefined) {
    into.values[canonical] = own;
    const ignored = used.filter(({ value }) => !sameValue(value, own)).map(({ name }) => name);
    if (ignored.length > 0) into.notes.push(ignoredNote(canonical, ignored));
    return;
  }
  const [first, ...others] = used;
  if (first === undefined) return;
  supply(into, canonical, first.value, first.name);
  for (const other of others) {
    if (!sameValue(other.value, first.value)) into.problems.push(disagreement(canonical, first.name, other.name));
  }
}

/** "5" and "5.0" say the same. */
function sameValue(a: string, b: string): boolean {
  if (a === b) return true;
  const [x, y] = [Number(a), Number(b)];
  return Number.isFinite(x) && x === y;
}
