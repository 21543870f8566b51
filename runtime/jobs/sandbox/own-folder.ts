import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Process ids mean something in one pid namespace only, and a folder of temporary files may be shared by several. */
const namespace = (): string => /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '';
const prefix = (): string => `vigia-sandbox-${namespace()}-`;

/** Makes the folder of this process' sandbox, and removes those of processes that were killed. */
export function makeOwnFolder(): string {
  for (const name of readdirSync(tmpdir()).filter((found) => found.startsWith(prefix()))) {
    const pid = Number(name.slice(prefix().length).split('-')[0]);
    if (!isAlive(pid)) removeIfOurs(join(tmpdir(), name));
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

function removeIfOurs(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // It is another user's, or holds what only a later look can remove.
  }
}
