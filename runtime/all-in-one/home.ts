import { mkdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '#lib/config';

/** Makes the folder for what survives, and claims it: two Vigias on one would write one Redis' files twice. */
export function claimHome(home: string): Disposable {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const file = join(home, 'pid');
  const holder = pidIn(file);
  if (holder !== null && holder !== process.pid && programOf(holder)?.includes('node')) {
    throw new ConfigError([
      `Vigia is already running here, as process ${holder}; stop it, or choose another folder with VIGIA_HOME (now ${home})`,
    ]);
  }
  writeFileSync(file, String(process.pid));
  return { [Symbol.dispose]: () => rmSync(file, { force: true }) };
}

/** The pid that a file holds, when such a process lives. */
export function pidIn(file: string): number | null {
  try {
    const pid = Number(readFileSync(file, 'utf8').trim());
    if (!Number.isInteger(pid) || pid <= 1) return null;
    process.kill(pid, 0);
    return pid;
  } catch {
    return null;
  }
}

/** The program of a process, where the system tells. */
export function programOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return null;
  }
}
