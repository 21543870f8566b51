import type { Context } from '#lib/context';
import { isUnavailable } from '#lib/errors';
import { parseHolder } from '#lib/functions/lease';
import { listFunctions } from '#lib/functions/list-functions';
import { listWorkers } from '#lib/jobs/list-workers';
import { withRedis } from '#lib/redis';
import type { FunctionState } from '#lib/schemas/function';
import type { ProgramStatus } from '#lib/schemas/status';
import program from '../../package.json' with { type: 'json' };

/** How the program is. It answers while Redis does not, and says so. */
export async function readStatus(ctx: Context): Promise<ProgramStatus> {
  const about = { version: program.version, uptimeSeconds: Math.round(process.uptime()) };
  try {
    const redis = await readRedis(ctx);
    const functions = await listFunctions(ctx);
    return { ...about, redis, roles: await readRoles(ctx, functions), functions: countByStatus(functions) };
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

async function readRoles(ctx: Context, functions: readonly FunctionState[]) {
  const { redis, keys } = ctx;
  const inputKeys = [...new Set(functions.map(({ inputKey }) => inputKey))];
  const [leases, collecting] = await withRedis(() =>
    Promise.all([
      Promise.all(functions.map(({ name }) => redis.get(keys.lease(name)))),
      Promise.all(inputKeys.map((key) => redis.exists(keys.collector(key)))),
    ]),
  );
  const holders = leases.map((text) => (text === null ? null : (parseHolder(text)?.instance ?? null)));
  return {
    collector: collecting.some((there) => there === 1),
    functions: new Set(holders.filter((instance) => instance !== null)).size,
    jobs: (await listWorkers(ctx)).filter(({ tier }) => tier !== null).length,
  };
}

function countByStatus(functions: readonly FunctionState[]): NonNullable<ProgramStatus['functions']> {
  const byStatus: NonNullable<ProgramStatus['functions']>['byStatus'] = {};
  for (const { status } of functions) byStatus[status] = (byStatus[status] ?? 0) + 1;
  return { total: functions.length, byStatus };
}
