import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { killProcess } from '#runtime/supervise/process-tree';

/** Process ids mean something in one pid namespace only, and a folder of temporary files may be shared by several. */
const namespace = (): string => /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '';
const prefix = (): string => `vigia-sandbox-${namespace()}-`;

/** Makes the folder of this process' sandbox, and removes those of processes that were killed, with who still waits in there. */
export function makeOwnFolder(): string {
  for (const name of readdirSync(tmpdir()).filter((found) => found.startsWith(prefix()))) {
    const pid = Number(name.slice(prefix().length).split('-')[0]);
    if (isAlive(pid)) continue;
    const folder = join(tmpdir(), name);
    startedWith(folder).forEach(killProcess);
    removeIfOurs(folder);
  }
  return mkdtempSync(join(tmpdir(), `${prefix()}${process.pid}-`));
}

function isAlive(pid: number): boolean {
  try {
    readlinkSync(`/proc/${pid}/cwd`);
    return true;
  } catch (error) {
    // Whoever may not be looked at is there.
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
  }
}

/**
 * bwrap's processes, by their words: where its worker was killed while the first of them started the second, that one waits for
 * ever to be told to go on.
 */
function startedWith(folder: string): number[] {
  const words = (pid: number) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0');
    } catch {
      return [];
    }
  };
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      const [program = '', ...args] = Number.isInteger(pid) ? words(pid) : [];
      return basename(program) === 'bwrap' && args.some((word) => word.startsWith(`${folder}/`));
    });
}

function removeIfOurs(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // It is another user's, or holds what only a later look can remove.
  }
}
