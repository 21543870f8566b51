import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder that is there for the tests of a file. */
export function scratchFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'vigia-test-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return {
    folder,
    /** Writes a file, and returns its path. */
    write(name: string, content: string | Buffer): string {
      const file = join(folder, name);
      writeFileSync(file, content);
      return file;
    },
  };
}
