import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { EXIT } from '../exit-codes.ts';
import { Failure } from '../failure.ts';

const credential = z.object({
  token: z.string(),
  /** Whose it is, as it was then. */
  user: z.string(),
  /** Of a token that `vigia login` has made, and that therefore ends with `vigia logout`. */
  tokenId: z.string().nullable(),
  /** ms since the epoch; null where it is not known, or there is no end. */
  expiresAt: z.number().nullable(),
});
export type Credential = z.infer<typeof credential>;

const credentials = z.object({
  /** The server that somebody signed in to last. */
  current: z.string().nullable(),
  servers: z.record(z.string(), credential),
});
type Credentials = z.infer<typeof credentials>;

const OWNER_ONLY = 0o600;

/** What is stored, by server; nothing when there is no file yet. */
export async function readCredentials(file: string): Promise<Credentials> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new Failure(EXIT.broken, `${file} cannot be read: ${error.message}`, { cause: error });
  });
  if (text === null) return { current: null, servers: {} };
  await keepPrivate(file);
  try {
    return credentials.parse(JSON.parse(text));
  } catch (cause) {
    throw new Failure(EXIT.broken, `${file} does not hold credentials: remove it, and sign in again`, { cause });
  }
}

/** Written beside and then moved, so that there is never half a file, nor one that others may read. */
export async function writeCredentials(file: string, all: Credentials): Promise<void> {
  const beside = `${file}.${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(beside, `${JSON.stringify(all, null, 2)}\n`, { mode: OWNER_ONLY, flag: 'wx' });
    await rename(beside, file);
  } catch (cause) {
    await rm(beside, { force: true });
    throw new Failure(EXIT.broken, `${file} cannot be written: ${String(cause)}`, { cause });
  }
}

/** A file that was copied or restored may have got another mode on its way. */
async function keepPrivate(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o077) !== 0) await chmod(file, OWNER_ONLY);
}
