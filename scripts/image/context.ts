import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether a file of the project is sent to the builder, by its `.dockerignore`: the last line that matches decides. */
export function dockerContext(root: string): (path: string) => boolean {
  const lines = readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return (path) => {
    let isSent = true;
    for (const line of lines) {
      const isException = line.startsWith('!');
      if (matches(path, isException ? line.slice(1) : line)) isSent = isException;
    }
    return isSent;
  };
}

/** A pattern speaks of a file, and of all that is in a folder of that name; unlike in a shell, `*` also matches `.git`. */
function matches(path: string, pattern: string): boolean {
  const expression = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/\*\*\/|\*/g, (star) => (star === '*' ? '[^/]*' : '(?:.*/)?'));
  return new RegExp(`^${expression}(?:/|$)`).test(path);
}
