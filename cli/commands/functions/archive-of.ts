import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../failure.ts';

/** What editors, tools and version control leave in a folder, and no function needs. */
const LEFT_OUT = /^(\..*|__pycache__|node_modules)$/;

/** A folder as a zip archive of its files. Links are not followed: they may lead anywhere. */
export async function archiveOf(folder: string): Promise<Buffer<ArrayBuffer>> {
  const { default: AdmZip } = await import('adm-zip');
  const archive = new AdmZip();
  for (const name of await filesIn(folder)) archive.addFile(name, await readFile(join(folder, name)));
  if (archive.getEntryCount() === 0) throw new UsageError(`There are no files in ${folder}`);
  return Buffer.from(await archive.toBufferPromise());
}

/** Names below the folder, with slashes. */
async function filesIn(folder: string, below = ''): Promise<string[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  const wanted = entries.filter(({ name }) => !LEFT_OUT.test(name));
  const names = wanted.map(async (entry) => {
    const name = `${below}${entry.name}`;
    if (entry.isDirectory()) return await filesIn(folder, `${name}/`);
    return entry.isFile() ? [name] : [];
  });
  return (await Promise.all(names)).flat().sort();
}
