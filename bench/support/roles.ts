import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { COMPILED, youngGeneration } from '#runtime/all-in-one/role-process';
import { Child } from './child.ts';
import { inBench, MAIN, Skip } from './programs.ts';

const START_MS = 60_000;

const READY = {
  web: /"msg":"serving"/,
  functions: /"msg":"loaded"/,
  collector: /"msg":"writing this machine's metrics/,
  jobs: /"msg":"(running jobs|jobs are refused)/,
  all: /Vigia is running\./,
} as const;

/** The web role needs the pages built. */
export function needBuild(): void {
  const build = join(inBench('..'), '.next', 'BUILD_ID');
  if (!existsSync(build)) throw new Skip('the pages are not built: run npx next build first');
}

/** Starts a role, or everything, and waits for the line that says it serves. */
export async function startRole(role: keyof typeof READY, env: Readonly<Record<string, string>>): Promise<Child> {
  const child = new Child({
    command: process.execPath,
    args: [youngGeneration(role), MAIN, role],
    env: { NODE_ENV: 'production', NODE_COMPILE_CACHE: COMPILED, ...env },
  });
  try {
    await child.line((line) => READY[role].test(line) || undefined, START_MS);
    return child;
  } catch (error) {
    await child[Symbol.asyncDispose]();
    throw error;
  }
}
