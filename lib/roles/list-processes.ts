import type { Context } from '#lib/context';
import { lifetimes } from '#lib/keys';
import { withRedis } from '#lib/redis';
import { type RoleProcess, roleName, roleProcess, type SeenProcess } from '#lib/schemas/role';

type Listed = {
  /** By Redis' clock. */
  now: number;
  processes: SeenProcess[];
};

/** The processes that play roles, and those that have lately gone without a word and that nobody has replaced. */
export async function listProcesses({ redis, keys }: Context): Promise<Listed> {
  const { said, seen } = keys.processes;
  const [[seconds, micros], scored, texts] = await withRedis(() =>
    Promise.all([redis.time(), redis.zrange(seen, '0', '-1', 'WITHSCORES'), redis.hgetall(said)]),
  );
  const now = Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
  const all = pairs(scored).flatMap(([instance, at]) => {
    const self = parse(texts[instance]);
    const seenAt = Number(at);
    return self === null ? [] : [{ ...self, seenAt, isAlive: now - seenAt < lifetimes.roleProcess }];
  });
  const processes = all.filter((each) => each.isAlive || !all.some((other) => replaces(other, each)));
  return { now, processes: processes.sort(inOrder) };
}

/** Whoever supervises a process starts the next one in the same place. */
function replaces(other: SeenProcess, { role, host, seenAt }: SeenProcess): boolean {
  return (
    other.isAlive && other.role === role && other.host === host && other.startedAt >= seenAt - lifetimes.roleProcess
  );
}

const rank = ({ role }: RoleProcess) => roleName.options.indexOf(role);

function inOrder(a: SeenProcess, b: SeenProcess): number {
  return rank(a) - rank(b) || a.host.localeCompare(b.host) || a.startedAt - b.startedAt;
}

/** Null for what another version has written in a way that we do not know. */
function parse(text: string | undefined): RoleProcess | null {
  if (text === undefined) return null;
  return roleProcess.safeParse(JSON.parse(text)).data ?? null;
}

function pairs(flat: readonly string[]): [string, string][] {
  return flat.flatMap((text, index) => (index % 2 === 0 ? [[text, flat[index + 1] ?? '']] : []));
}
