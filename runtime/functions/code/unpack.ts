import { createHash, randomBytes } from 'node:crypto';
import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ArchiveEntry, inflateEntry, readArchive } from '#lib/archives/check-archive';
import { type Refusal, refusalOf } from '#lib/archives/refusal';

/** An archive as files: where they are, and what a program may import from them. */
export type Unpacked = {
  kind: 'unpacked';
  sha256: string;
  /** The archive's own new directory. */
  directory: string;
  /** The name of the one top-level folder of an archive that has just one: it stands for the root. */
  folder: string | null;
  /** Names of the files, relative to the directory. */
  files: string[];
};

/**
 * Writes an archive into `<home>/code/<sha256>/`, all of it or nothing: it grows beside its final name and is renamed
 * when it is complete. What is there already is complete, and used as it is.
 */
export async function unpackArchive(bytes: Buffer, home: string): Promise<Unpacked | Refusal> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const directory = join(home, 'code', sha256);
  try {
    const entries = readArchive(bytes);
    if (!(await isDirectory(directory))) await writeAll(entries, directory);
    return { kind: 'unpacked', sha256, directory, ...layoutOf(entries) };
  } catch (error) {
    return refusalOf(error);
  }
}

async function writeAll(entries: readonly ArchiveEntry[], directory: string): Promise<void> {
  const growing = `${directory}.${randomBytes(6).toString('hex')}.new`;
  try {
    await mkdir(growing, { recursive: true, mode: 0o755 });
    for (const entry of entries) await write(entry, growing);
    await shieldFromPackagesAbove(entries, growing);
    await rename(growing, directory).catch(async (error: unknown) => {
      // Another process was faster, with the same bytes.
      if (!(await isDirectory(directory))) throw error;
    });
  } finally {
    await rm(growing, { recursive: true, force: true });
  }
}

/** `wx` never follows a link and never writes into what is there; permissions of the archive do not count. */
async function write(entry: ArchiveEntry, into: string): Promise<void> {
  const target = join(into, ...entry.name.split('/'));
  if (entry.isFolder) {
    await mkdir(target, { recursive: true, mode: 0o755 });
    return;
  }
  await mkdir(dirname(target), { recursive: true, mode: 0o755 });
  await writeFile(target, inflateEntry(entry), { flag: 'wx', mode: 0o644 });
}

/** Node takes the type of a `.js` file from the nearest package.json; that must not be one above the archive. */
async function shieldFromPackagesAbove(entries: readonly ArchiveEntry[], directory: string): Promise<void> {
  if (entries.some(({ name }) => name === 'package.json')) return;
  await writeFile(join(directory, 'package.json'), '{}\n', { flag: 'wx', mode: 0o644 });
}

function layoutOf(entries: readonly ArchiveEntry[]): Pick<Unpacked, 'folder' | 'files'> {
  const files = entries.filter(({ name, isFolder }) => !isFolder && !isLitter(name)).map(({ name }) => name);
  const [top = '', ...others] = new Set(files.map((name) => name.split('/', 1)[0] ?? ''));
  const inOneFolder = others.length === 0 && files.every((name) => name.startsWith(`${top}/`));
  return { folder: inOneFolder ? top : null, files };
}

/** What macOS adds to every archive that its Finder makes. */
function isLitter(name: string): boolean {
  return name.startsWith('__MACOSX/') || name.endsWith('.DS_Store');
}

async function isDirectory(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => null);
  return found?.isDirectory() ?? false;
}
