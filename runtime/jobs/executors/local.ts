import { join } from 'node:path';
import type { Config } from '#lib/config';
import { probeSandbox } from '../sandbox/probe-sandbox.ts';
import { DEFAULT_LIMITS } from '../sandbox/sandbox.ts';
import type { Executor, NoExecutor } from './executor.ts';

/** The program's own folder. */
const PROGRAM = join(import.meta.dirname, '..', '..', '..');

/** Runs jobs as processes of this machine, in the best sandbox that holds here. */
export async function openLocalExecutor({ jobs, home }: Config): Promise<Executor | NoExecutor> {
  const sandbox = await probeSandbox({ allowUnsandboxed: jobs.allowUnsandboxed, secret: [PROGRAM, home] });
  if (sandbox.tier === null) return { name: 'local', ...sandbox };
  const limits = { ...DEFAULT_LIMITS, timeMs: jobs.timeLimitMs };
  return {
    name: 'local',
    tier: sandbox.tier,
    languages: sandbox.languages,
    missing: sandbox.missing,
    async execute({ language, code, input }, { onOutput, signal }) {
      const order = { language, code, input, limits, network: jobs.network, onOutput, signal };
      const { reason, exitCode, truncated, killed, detail } = await sandbox.run(order);
      return { reason, exitCode, truncated, killed, detail };
    },
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  };
}
