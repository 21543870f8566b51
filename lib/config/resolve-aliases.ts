import { environment, type SettingMeta } from './environment.ts';

export type RawEnvironment = Readonly<Record<string, string | undefined>>;

type Resolved = {
  /** Canonical name → text, for every setting that has a value. */
  values: Record<string, string>;
  /** One sentence for each value that came from an alias. */
  notes: string[];
  problems: string[];
};

const KUBERNETES_SERVICE_LINK = /^tcp:\/\//;

function given(env: RawEnvironment, name: string): string | undefined {
  const value = env[name];
  return value === undefined || value.trim() === '' ? undefined : value;
}

function sameValue(a: string, b: string): boolean {
  if (a.trim() === b.trim()) return true;
  const [x, y] = [Number(a), Number(b)];
  return Number.isFinite(x) && x === y;
}

/** Finds the value of each setting among its names: the canonical one wins, two aliases must agree. */
export function resolveAliases(env: RawEnvironment): Resolved {
  const resolved: Resolved = { values: {}, notes: [], problems: [] };
  for (const [canonical, schema] of Object.entries(environment.shape)) {
    if (canonical === 'REDIS_URL') continue;
    const { aliases = [] } = (schema.meta() ?? {}) as Partial<SettingMeta>;
    resolveOne(env, canonical, aliases, resolved);
  }
  resolveRedis(env, resolved);
  return resolved;
}

function resolveOne(env: RawEnvironment, canonical: string, aliases: readonly string[], into: Resolved): void {
  const own = given(env, canonical);
  const used = aliases.flatMap((name) => {
    const value = given(env, name);
    return value === undefined ? [] : [{ name, value }];
  });
  if (own !== undefined) {
    into.values[canonical] = own;
    const ignored = used.filter(({ value }) => !sameValue(value, own)).map(({ name }) => name);
    if (ignored.length > 0) into.notes.push(`${canonical} is set, so ${ignored.join(' and ')} is ignored`);
    return;
  }
  const [first, ...others] = used;
  if (first === undefined) return;
  into.values[canonical] = first.value;
  into.notes.push(`${canonical} comes from ${first.name}`);
  for (const other of others) {
    if (sameValue(other.value, first.value)) continue;
    into.problems.push(`${first.name} and ${other.name} both set ${canonical}, to different values: keep one of them`);
  }
}

/** `REDIS_HOST` + `REDIS_PORT` and `REDIS_IP` are the older way to say `REDIS_URL`. */
function resolveRedis(env: RawEnvironment, into: Resolved): void {
  const url = given(env, 'REDIS_URL');
  const host = given(env, 'REDIS_HOST');
  const ip = given(env, 'REDIS_IP');
  const port = redisPort(given(env, 'REDIS_PORT'), into);
  if (url !== undefined) {
    into.values.REDIS_URL = url;
    if (host !== undefined || ip !== undefined)
      into.notes.push('REDIS_URL is set, so REDIS_HOST and REDIS_IP are ignored');
    return;
  }
  if (host !== undefined && ip !== undefined && host !== ip) {
    into.problems.push('REDIS_HOST and REDIS_IP both set REDIS_URL, to different values: keep one of them');
    return;
  }
  const name = host !== undefined ? 'REDIS_HOST' : ip !== undefined ? 'REDIS_IP' : undefined;
  if (name === undefined && port === undefined) return;
  const address = (host ?? ip ?? '127.0.0.1').trim();
  into.values.REDIS_URL = `redis://${address.includes(':') ? `[${address}]` : address}:${port ?? '6379'}`;
  into.notes.push(`REDIS_URL comes from ${[name, port && 'REDIS_PORT'].filter(Boolean).join(' and ')}`);
}

/**
 * In a pod, a Service called "redis" sets `REDIS_PORT=tcp://10.0.0.1:6379` for every container: that is
 * Kubernetes speaking, not the user, so it neither chooses a Redis nor counts as a bad value.
 */
function redisPort(value: string | undefined, into: Resolved): string | undefined {
  if (value === undefined || KUBERNETES_SERVICE_LINK.test(value)) return undefined;
  if (/^\d{1,5}$/.test(value.trim()) && Number(value) >= 1 && Number(value) <= 65535) return value.trim();
  into.problems.push('REDIS_PORT must be a port, 1 to 65535');
  return undefined;
}
