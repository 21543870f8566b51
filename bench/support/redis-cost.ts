import type { Redis } from 'ioredis';
import { cpuSecondsOf } from './process-usage.ts';

/** Milliseconds that Redis has spent: on a CPU in all, and within commands of each kind. A script counts its own calls too. */
export type RedisCost = { cpuMs: number; commands: ReadonlyMap<string, number> };

export async function redisCost(redis: Redis, pid: number): Promise<RedisCost> {
  return { cpuMs: cpuSecondsOf(pid) * 1_000, commands: parseCommandStats(await redis.info('commandstats')) };
}

/** What was spent in between. */
export function costBetween(before: RedisCost, after: RedisCost): RedisCost {
  const spent = [...after.commands].map(([name, ms]) => [name, ms - (before.commands.get(name) ?? 0)] as const);
  return { cpuMs: after.cpuMs - before.cpuMs, commands: new Map(spent.filter(([, ms]) => ms > 0)) };
}

/** Lines such as `cmdstat_set:calls=2,usec=31,usec_per_call=15.50,…`; in ms by name. */
export function parseCommandStats(info: string): Map<string, number> {
  const lines = info.matchAll(/^cmdstat_([^:]+):calls=\d+,usec=(\d+)/gm);
  return new Map([...lines].map(([, name = '', usec]) => [name, Number(usec) / 1_000]));
}
