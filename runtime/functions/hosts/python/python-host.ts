import { join } from 'node:path';
import { describeExit, startChild } from '#runtime/supervise/child';
import { readLines } from '#runtime/supervise/log-lines';
import { ConnectedHost } from '../connected-host.ts';
import { CLOSED } from '../connection.ts';
import type { Host, HostOrder } from '../host.ts';

const HOST_PROGRAM = join(import.meta.dirname, 'host.py');

/** Starts a `python3` child for one function; throws when the interpreter cannot be run. */
export async function startPythonHost(
  order: HostOrder,
  python: string,
  env: Readonly<Record<string, string>>,
): Promise<Host> {
  const child = await startChild({
    command: python,
    args: [HOST_PROGRAM],
    env: { ...env, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' },
    link: 'frames',
    ifParentDies: 'SIGKILL',
  });
  if (child.frames === null) throw new Error('A Python host needs its frame descriptor');
  readLines(child.stdout, (line) => order.log('stdout', line));
  readLines(child.stderr, (line) => order.log('stderr', line));
  return new ConnectedHost(order, child.frames, {
    pid: child.pid,
    ended: child.exited.then((exit) => ({ how: describeExit(exit), innocent: false })),
    stop(why) {
      // Python cannot be asked to leave a handler; one that has closed its descriptor tells its exit code by itself.
      if (why !== CLOSED) child.kill();
    },
    kill: () => child.kill(),
  });
}
