import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** The absolute path of a program, or null when the machine does not have it. */
export function findExecutable(name: string, searchPath: string): string | null {
  const candidates =
    isAbsolute(name) || name.includes('/') ? [name] : searchPath.split(delimiter).map((folder) => join(folder, name));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
