import { mkdtemp, readdir, realpath, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { describeRefusal } from '#lib/archives/refusal';
import type { Config } from '#lib/config';
import { messageOf } from '#lib/errors';
import type { TryRequest } from '#lib/functions/try-requests';
import { shortVersion } from '#lib/functions/versions';
import type { Code } from '../code/code.ts';
import { codeInArchive } from '../code/code-in-archive.ts';
import { unpackArchive } from '../code/unpack.ts';

const PREFIX = 'vigia-try-';
/** No try takes as long as that: what is older was left by a process that was killed. */
const STALE_MS = 120_000;

/** Code that is ready to be imported, and the folder that its files are named from. */
export type ReadyCode = { code: Code; root: string; files: readonly string[] };

/** A temporary folder for one try; it is removed with all that is in it. */
export async function scratchFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await realpath(await mkdtemp(join(tmpdir(), PREFIX)));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Removes what earlier processes could not. */
export async function tidyScratchFolders(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  for (const name of names) {
    const path = join(tmpdir(), name);
    const found = await stat(path).catch(() => null);
    if (found === null || Date.now() - found.mtimeMs < STALE_MS) continue;
    // Another user's cannot be removed, and need not be.
    await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

/** Writes code into a folder, or says why it cannot be used. */
export async function writeCode(
  bytes: Buffer,
  { code: about, settings: { handler } }: Pick<TryRequest, 'code' | 'settings'>,
  folder: string,
  config: Config,
): Promise<ReadyCode | { reason: string }> {
  if (about.kind === 'archive') return await unpackCode(bytes, about, handler, folder, config);
  const path = join(folder, basename(about.fileName));
  await writeFile(path, bytes);
  await utimes(path, about.at / 1000, about.at / 1000);
  return fileCode(path, about, handler);
}

/** Code in a file that is there already. */
export function fileCode(path: string, about: TryRequest['code'], handler: string): ReadyCode {
  const { language, source, sha256 } = about;
  const code = { language: language ?? 'python', source, path, version: shortVersion(sha256), handler };
  return { code, root: dirname(path), files: [basename(path)] };
}

async function unpackCode(
  bytes: Buffer,
  { entry, language, source }: TryRequest['code'],
  handler: string,
  folder: string,
  config: Config,
): Promise<ReadyCode | { reason: string }> {
  const unpacked = await unpackArchive(bytes, folder);
  if (unpacked.kind === 'refused') return { reason: describeRefusal(unpacked) };
  try {
    const found = await codeInArchive(unpacked, { handler, entry, language, label: source }, config);
    return 'reason' in found ? found : { ...found, root: unpacked.directory, files: unpacked.files };
  } catch (error) {
    return { reason: messageOf(error) };
  }
}
