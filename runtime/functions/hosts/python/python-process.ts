import { join } from 'node:path';
import { describeExit, startChild } from '#runtime/supervise/child';
import { readLines } from '#runtime/supervise/log-lines';
import { CLOSED } from '../connection.ts';
import type { HostOrder } from '../host.ts';
import { Residence } from '../residence.ts';

const HOST_PROGRAM = join(import.meta.dirname, 'host.py');

/** Starts a `python3` process that hosts functions; throws when the interpreter cannot be run. */
export async function startPythonProcess(
  python: string,
  env: Readonly<Record<string, string>>,
  isolation: HostOrder['isolation'],
): Promise<Residence> {
  const child = await startChild({
    command: python,
    args: [HOST_PROGRAM, isolation],
    env: { ...env, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' },
    link: 'frames',
    ifParentDies: 'SIGKILL',
  });
  if (child.frames === null) throw new Error('A Python host needs its frame descriptor');
  const residence = new Residence(child.frames, {
    pid: child.pid,
    ended: child.exited.then((exit) => ({ how: describeExit(exit), innocent: false })),
    stop(why) {
      // Python cannot be asked to leave a handler; one that has closed its descriptor tells its exit code by itself.
      if (why !== CLOSED) child.kill();
    },
    kill: () => child.kill(),
  });
  readLines(child.stdout, (line) => residence.log('stdout', line));
  readLines(child.stderr, (line) => residence.log('stderr', line));
  return residence;
}
