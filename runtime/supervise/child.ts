import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Duplex, type Readable } from 'node:stream';
import { findExecutable } from './find-executable.ts';

/** How a process ended. */
export type Exit = { code: number | null; signal: NodeJS.Signals | null };

type ChildOptions = {
  command: string;
  args: readonly string[];
  /** All of the child's environment; nothing is inherited. */
  env: Readonly<Record<string, string>>;
  cwd?: string | undefined;
  /** `frames`: a private duplex on descriptor 3. `ipc`: Node's own channel, which tells the child when its parent is gone. */
  link: 'none' | 'frames' | 'ipc';
  /** What the kernel sends the child if this process dies without stopping it. */
  ifParentDies?: 'SIGTERM' | 'SIGKILL';
};

/** A running process in a process group of its own, so that a Ctrl-C reaches it only through its supervisor. */
export type Child = {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Only with `link: 'frames'`. */
  readonly frames: Duplex | null;
  /** Only with `link: 'ipc'`. */
  onMessage(listener: (message: unknown) => void): void;
  /** Only with `link: 'ipc'`; a child that is gone gets nothing. */
  send(message: object): void;
  /** SIGTERM to the group, SIGKILL to what is left after the grace; resolves when the process is gone. */
  terminate(graceMs: number): Promise<Exit>;
  /** SIGKILL to the group. */
  kill(): void;
};

/** Starts a process; throws when its program does not exist or cannot be run. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { command, args, env, cwd, link } = options;
  const searchPath = env.PATH ?? '/usr/local/bin:/usr/bin:/bin';
  const program = findExecutable(command, searchPath);
  if (program === null) throw new Error(`${command} is not installed, or not in PATH`);
  const [file = program, ...words] = [...parentDeathWrapper(options, searchPath), program, ...args];
  const extra = { none: [], ipc: ['ipc'], frames: ['pipe'] } satisfies Record<typeof link, ('ipc' | 'pipe')[]>;
  const child = spawn(file, words, {
    // Next declares NODE_ENV as always there; a child's environment need not have it.
    env: { ...env } as NodeJS.ProcessEnv,
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', ...extra[link]],
  } satisfies SpawnOptions);
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      // What it said last is heard first.
      if (child.connected) child.once('disconnect', () => resolve({ code, signal }));
      else resolve({ code, signal });
    });
  });
  await once(child, 'spawn');
  return handle(child, exited, link);
}

function handle(child: ChildProcess, exited: Promise<Exit>, link: ChildOptions['link']): Child {
  const { pid, stdout, stderr } = child;
  if (pid === undefined || stdout === null || stderr === null) throw new Error('The process has no pid or no pipes');
  const channel = link === 'frames' ? child.stdio[3] : null;
  const kill = (signal: NodeJS.Signals) => signalGroup(pid, signal);
  return {
    pid,
    exited,
    stdout,
    stderr,
    frames: channel instanceof Duplex ? channel : null,
    onMessage: (listener) => child.on('message', listener),
    send: (message) => {
      // One that ends at this moment is said to be connected still; its exit is what people hear of.
      if (child.connected) child.send(message, () => {});
    },
    kill: () => kill('SIGKILL'),
    async terminate(graceMs) {
      kill('SIGTERM');
      const timer = setTimeout(() => kill('SIGKILL'), graceMs);
      const exit = await exited;
      clearTimeout(timer);
      // Whatever the process left behind in its group goes with it.
      kill('SIGKILL');
      return exit;
    },
  };
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}

/** Node cannot ask the kernel for PR_SET_PDEATHSIG; util-linux's setpriv can, wherever it is installed. */
function parentDeathWrapper({ ifParentDies }: ChildOptions, searchPath: string): string[] {
  if (ifParentDies === undefined || process.platform !== 'linux') return [];
  const setpriv = findExecutable('setpriv', searchPath) ?? findExecutable('/usr/bin/setpriv', searchPath);
  return setpriv === null ? [] : [setpriv, '--pdeathsig', ifParentDies.slice('SIG'.length), '--'];
}

/** "exited with code 3" or "was killed by SIGKILL". */
export function describeExit({ code, signal }: Exit): string {
  return signal === null ? `exited with code ${code}` : `was killed by ${signal}`;
}
