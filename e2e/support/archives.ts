import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findExecutable } from '#runtime/supervise/find-executable';

export type Files = Readonly<Record<string, string>>;

const run = promisify(execFile);

/** Programs that people make archives with. */
export const archivers = {
  python: async (folder: string, tops: readonly string[]) => {
    await run('python3', ['-I', '-m', 'zipfile', '-c', 'code.zip', ...tops], { cwd: folder });
  },
  ...(findExecutable('zip', process.env.PATH ?? '') === null
    ? {}
    : {
        zip: async (folder: string, tops: readonly string[]) => {
          await run('zip', ['-q', '-r', 'code.zip', ...tops], { cwd: folder });
        },
      }),
};

/** An archive made of files by a real program. */
export async function archiveOf(
  files: Files,
  into: string,
  archiver: keyof typeof archivers = 'python',
): Promise<Buffer> {
  mkdirSync(into, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(into, name)), { recursive: true });
    writeFileSync(join(into, name), content);
  }
  const tops = [...new Set(Object.keys(files).map((name) => name.split('/', 1)[0] ?? ''))];
  await archivers[archiver]?.(into, tops);
  return readFileSync(join(into, 'code.zip'));
}
