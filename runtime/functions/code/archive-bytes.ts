import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { parseAllowance } from '#lib/archives/address-rules';
import { bounds } from '#lib/archives/check-archive';
import { type Fetched, type FetchOptions, fetchArchive } from '#lib/archives/fetch-archive';
import type { DeclaredFunction } from '#lib/config';
import { messageOf } from '#lib/errors';

export type DeclaredArchive = NonNullable<DeclaredFunction['archive']>;

/** How people recognise an archive. A query is left out: it may hold a signature that is as good as a password. */
export function labelOf({ location }: DeclaredArchive): string {
  if (location === undefined) return 'FUNCTION_ZIP_BASE64';
  const url = isUrl(location) ? URL.parse(location) : null;
  return url === null ? location : `${url.protocol}//${url.host}${url.pathname}`;
}

/** The bytes of an archive, wherever it is. */
export async function archiveBytes(
  { location, base64, allow }: DeclaredArchive,
  options: Omit<FetchOptions, 'allowed'>,
): Promise<Fetched> {
  if (location === undefined) return decodeBase64(base64 ?? '');
  if (isUrl(location)) return await fetchArchive(location, { ...options, allowed: parseAllowance(allow) });
  return await readMounted(location);
}

/** One letter and a colon is a drive, not a scheme. */
function isUrl(location: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(location);
}

function decodeBase64(text: string): Fetched {
  const bare = text.replace(/^data:[^,]*,/i, '').replace(/\s+/g, '');
  if (!/^[a-z0-9+/_-]+={0,2}$/i.test(bare)) return { kind: 'failed', reason: 'not base64' };
  return { kind: 'fetched', bytes: Buffer.from(bare, 'base64'), etag: undefined };
}

/** Only a regular file: a pipe would be waited for, a device never ends. */
async function readMounted(path: string): Promise<Fetched> {
  try {
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const found = await file.stat();
    if (!found.isFile()) return { kind: 'failed', reason: 'not a file' };
    if (found.size > bounds.archiveBytes) {
      return { kind: 'failed', reason: `larger than ${bounds.archiveBytes / 1024 / 1024} MiB` };
    }
    return { kind: 'fetched', bytes: await file.readFile(), etag: undefined };
  } catch (error) {
    return { kind: 'failed', reason: messageOf(error) };
  }
}
