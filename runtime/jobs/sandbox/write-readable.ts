import { chmodSync, writeFileSync } from 'node:fs';

/** Writes a file that everybody may read, whatever the umask. */
export function writeReadable(path: string, text: string): string {
  writeFileSync(path, text);
  chmodSync(path, 0o444);
  return path;
}
