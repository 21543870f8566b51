import { spawn } from 'node:child_process';
import { root } from './project.mjs';
import { ended } from './run.mjs';

/**
 * Becomes another program. Where Node can replace its own process no launcher stays in memory; older Nodes wait for
 * the program, and leave as it left.
 */
export async function handOver(file, args, env) {
  process.chdir(root);
  if (typeof process.execve === 'function') process.execve(file, [file, ...args], env);
  const { code, signal } = await ended(spawn(file, args, { stdio: 'inherit', env }));
  if (signal === null) process.exitCode = code;
  else process.kill(process.pid, signal);
}
