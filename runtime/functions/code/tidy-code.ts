import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A version that is needed again is written again. */
const KEEP_MS = 7 * 24 * 3_600_000;

/** Removes old versions and what was left half-written; only while nothing runs from there. */
export async function tidyCode(home: string): Promise<void> {
  const folder = join(home, 'code');
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    const isOld = found !== null && Date.now() - found.mtimeMs > KEEP_MS;
    if (isOld || name.endsWith('.new')) await rm(path, { recursive: true, force: true });
  }
}
