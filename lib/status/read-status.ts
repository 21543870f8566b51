import type { Context } from '#lib/context';
import { isUnavailable } from '#lib/errors';
import { listFunctions } from '#lib/functions/list-functions';
import { withRedis } from '#lib/redis';
import { listProcesses } from '#lib/roles/list-processes';
import type { FunctionState } from '#lib/schemas/function';
import type { ProgramStatus } from '#lib/schemas/status';
import program from '../../package.json' with { type: 'json' };

/** How the program is. It answers while Redis does not, and says so. */
export async function readStatus(ctx: Context): Promise<ProgramStatus> {
  const about = { version: program.version, uptimeSeconds: Math.round(process.uptime()) };
  try {
    const redis = await readRedis(ctx);
    const functions = await listFunctions(ctx);
    return { ...about, redis, roles: await countRoles(ctx), functions: countByStatus(functions) };
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    return { ...about, redis: { ok: false, latencyMs: null, memoryBytes: null }, roles: null, functions: null };
  }
}

async function readRedis({ redis }: Context): Promise<ProgramStatus['redis']> {
  const askedAt = performance.now();
  const info = await withRedis(() => redis.info('memory'));
  const latencyMs = Math.round((performance.now() - askedAt) * 100) / 100;
  const used = /^used_memory:(\d+)/m.exec(info)?.[1];
  return { ok: true, latencyMs, memoryBytes: used === undefined ? null : Number(used) };
}

async function countRoles(ctx: Context): Promise<NonNullable<ProgramStatus['roles']>> {
  const { processes } = await listProcesses(ctx);
  const roles = { collector: 0, functions: 0, web: 0, jobs: 0 };
  for (const { role, isAlive } of processes) if (isAlive) roles[role] += 1;
  return roles;
}

function countByStatus(functions: readonly FunctionState[]): NonNullable<ProgramStatus['functions']> {
  const byStatus: NonNullable<ProgramStatus['functions']>['byStatus'] = {};
  for (const { status } of functions) byStatus[status] = (byStatus[status] ?? 0) + 1;
  return { total: functions.length, byStatus };
}
