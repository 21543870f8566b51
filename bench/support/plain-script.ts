import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { JobLanguage } from '#lib/schemas/job';
import { commandFor, findInterpreters } from '#runtime/jobs/sandbox/programs';
import { DEFAULT_LIMITS } from '#runtime/jobs/sandbox/sandbox';
import { Skip } from './programs.ts';

const interpreters = findInterpreters();

/** A file of code as anybody would run it: with the words that a job's interpreter is given, and nothing around it. */
export function startPlain(language: JobLanguage, path: string): ChildProcess {
  const interpreter = interpreters[language];
  if (interpreter === null) throw new Skip(`there is no ${language}`);
  const order = { language, code: '', input: '', limits: DEFAULT_LIMITS, network: false };
  const [command = interpreter, ...args] = commandFor(order, interpreter, path);
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout?.resume();
  child.stderr?.resume();
  return child;
}

/** How many ms a plain run takes, until it has ended and all of its output is read. */
export async function timePlain(language: JobLanguage, path: string): Promise<number> {
  const startedAt = performance.now();
  const [code] = await once(startPlain(language, path), 'close');
  if (code !== 0) throw new Error(`${path} ended with ${code}`);
  return performance.now() - startedAt;
}
