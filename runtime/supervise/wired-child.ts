import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import type { Exit } from './child.ts';

type WiredOptions = {
  /** An absolute path. */
  command: string;
  args: readonly string[];
  /** All of the child's environment; nothing is inherited. */
  env: Readonly<Record<string, string>>;
  /** By descriptor: an open file of ours that the child gets, or a stream between it and us. */
  descriptors: readonly (number | 'stream')[];
};

/** A running process whose every descriptor was chosen by the one who started it. */
type WiredChild = {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  /** Our end of a descriptor that is a stream. */
  stream(descriptor: number): Duplex;
  signal(signal: NodeJS.Signals): void;
};

/** Starts a process in a process group of its own; throws when its program cannot be run. */
export async function startWiredChild({ command, args, env, descriptors }: WiredOptions): Promise<WiredChild> {
  const child = spawn(command, args, {
    // Next declares NODE_ENV as always there; a child's environment need not have it.
    env: { ...env } as NodeJS.ProcessEnv,
    cwd: '/',
    detached: true,
    stdio: descriptors.map((wiring) => (wiring === 'stream' ? 'pipe' : wiring)),
  });
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  await once(child, 'spawn');
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} has no process id`);
  return {
    pid,
    exited,
    stream(descriptor) {
      const stream = child.stdio[descriptor];
      if (stream === null || stream === undefined) throw new Error(`Descriptor ${descriptor} is not a stream`);
      // Node makes every piped descriptor a socket, whatever its type says.
      return stream as Duplex;
    },
    signal: (signal) => void child.kill(signal),
  };
}
