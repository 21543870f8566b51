import { crc32, createInflateRaw } from 'node:zlib';
import AdmZip, { type IZipEntry } from 'adm-zip';
import { messageOf } from '#lib/errors';
import { type Directory, findDirectory, rawNames } from './central-directory.ts';
import { checkNames } from './entry-names.ts';
import { type Refusal, RefusedArchive, refusalOf } from './refusal.ts';

const MIB = 1024 * 1024;
export const bounds = { archiveBytes: 64 * MIB, entries: 2_000, entryBytes: 32 * MIB, totalBytes: 128 * MIB } as const;

/** What is inflated is held in pieces of this size, whatever it adds up to. */
const PIECE_BYTES = 256 * 1024;

const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
/** General purpose flags: encrypted, strongly encrypted, encrypted directory. */
const ENCRYPTED = 0x0001 | 0x0040 | 0x2000;
const SIZES_FOLLOW = 0x0008;

/** One entry whose name and declared sizes are good. Its bytes are not inflated yet. */
export type ArchiveEntry = {
  name: string;
  isFolder: boolean;
  size: number;
  method: number;
  crc: number;
  /** Where its local header starts and its data ends in the archive. */
  span: { start: number; end: number };
  compressed: Buffer;
};

/** Reads the directory and checks all that can be known without inflating. Throws {@link RefusedArchive}. */
export function readArchive(bytes: Buffer): ArchiveEntry[] {
  if (bytes.length > bounds.archiveBytes) throw new RefusedArchive(`larger than ${bounds.archiveBytes / MIB} MiB`);
  const directory = findDirectory(bytes);
  if (directory.count > bounds.entries) throw new RefusedArchive(`more than ${bounds.entries} entries`);
  const names = checkNames(rawNames(bytes, directory));
  const entries = listed(bytes).map((entry, index) => checkEntry(bytes, entry, names[index] ?? ''));
  if (entries.length === 0) throw new RefusedArchive('it is empty');
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > bounds.totalBytes) throw new RefusedArchive(`more than ${bounds.totalBytes / MIB} MiB in all`);
  checkSpans(entries, directory);
  return entries;
}

/** Reads the whole archive, every byte of it, and keeps nothing but the names. */
export async function checkArchive(bytes: Buffer): Promise<{ kind: 'good'; names: string[] } | Refusal> {
  try {
    const entries = readArchive(bytes);
    for (const entry of entries) for await (const piece of inflateEntry(entry)) void piece;
    return { kind: 'good', names: entries.map(({ name }) => name) };
  } catch (error) {
    return refusalOf(error);
  }
}

/** The real bytes, never more than were declared. Throws {@link RefusedArchive} when anything about them is a lie. */
export async function* inflateEntry(entry: ArchiveEntry): AsyncGenerator<Buffer, void, undefined> {
  const { name, size, method, crc, compressed } = entry;
  let length = 0;
  let sum = 0;
  for await (const piece of method === STORED ? [compressed] : inflate(name, compressed)) {
    length += piece.length;
    if (length > size) throw new RefusedArchive('it holds more bytes than it declares', name);
    sum = crc32(piece, sum);
    yield piece;
  }
  if (length !== size) throw new RefusedArchive('it holds another number of bytes than it declares', name);
  if (sum !== crc) throw new RefusedArchive('a bad CRC', name);
}

/** Inflates no further than one piece ahead of whoever reads it. */
async function* inflate(name: string, compressed: Buffer): AsyncGenerator<Buffer, void, undefined> {
  const inflating = createInflateRaw({ chunkSize: PIECE_BYTES });
  inflating.end(compressed);
  try {
    yield* inflating;
  } catch (error) {
    throw new RefusedArchive(`damaged data (${messageOf(error)})`, name, { cause: error });
  }
}

/** With `noSort` in the order of the directory. Parses headers; inflates nothing. */
function listed(bytes: Buffer): IZipEntry[] {
  try {
    return new AdmZip(bytes, { noSort: true, readEntries: false }).getEntries();
  } catch (error) {
    throw new RefusedArchive(`not readable as a zip archive (${messageOf(error)})`, null, { cause: error });
  }
}

function checkEntry(bytes: Buffer, entry: IZipEntry, name: string): ArchiveEntry {
  const { flags, method, attr, size, compressedSize, crc, offset } = entry.header;
  const refuse = (rule: string): never => {
    throw new RefusedArchive(rule, name);
  };
  if ((flags & ENCRYPTED) !== 0) refuse('encrypted');
  if (method !== STORED && method !== DEFLATED)
    refuse(`compressed by method ${method}; only deflate and none are known`);
  const special = specialFile(attr >>> 16);
  if (special !== null) refuse(special);
  const isFolder = name.endsWith('/');
  if (isFolder && size !== 0) refuse('a folder with content');
  if (size > bounds.entryBytes) refuse(`larger than ${bounds.entryBytes / MIB} MiB`);
  if (method === STORED && size !== compressedSize) refuse('its two declared sizes disagree');
  checkLocalHeader(bytes, entry, name);
  const compressed = compressedData(entry, name);
  const span = { start: offset, end: entry.header.realDataOffset + compressedSize };
  return { name, isFolder, size, method, crc, span, compressed };
}

/** The view of the archive that adm-zip gives; it throws when the data is not all there. */
function compressedData(entry: IZipEntry, name: string): Buffer {
  try {
    return entry.getCompressedData();
  } catch (error) {
    throw new RefusedArchive(`its data is not where it should be (${messageOf(error)})`, name, { cause: error });
  }
}

/** What unix calls the file, when it is neither a file nor a folder; `mode` is 0 for archives of other systems. */
function specialFile(mode: number): string | null {
  switch (mode & 0o170000) {
    case 0:
    case 0o040000:
    case 0o100000:
      return null;
    case 0o120000:
      return 'a symbolic link';
    case 0o020000:
    case 0o060000:
      return 'a device';
    case 0o010000:
      return 'a named pipe';
    case 0o140000:
      return 'a socket';
    default:
      return 'neither a file nor a folder';
  }
}

/** The header before the data repeats what the directory says; where the two differ, somebody is being deceived. */
function checkLocalHeader(bytes: Buffer, { header, rawEntryName }: IZipEntry, name: string): void {
  const at = header.offset;
  if (at + LOCAL_BYTES > bytes.length || bytes.readUInt32LE(at) !== LOCAL) {
    throw new RefusedArchive('its data is not where it should be', name);
  }
  const differ = (what: string) => new RefusedArchive(`the directory and its own header give two ${what}`, name);
  const nameStart = at + LOCAL_BYTES;
  const ownName = bytes.subarray(nameStart, nameStart + bytes.readUInt16LE(at + 26));
  if (!ownName.equals(rawEntryName)) throw differ('names');
  if (bytes.readUInt16LE(at + 8) !== header.method) throw differ('methods');
  const flags = bytes.readUInt16LE(at + 6);
  if ((flags & ENCRYPTED) !== 0) throw new RefusedArchive('encrypted', name);
  if ((flags & SIZES_FOLLOW) !== 0) return;
  const compressedSize = bytes.readUInt32LE(at + 18);
  const size = bytes.readUInt32LE(at + 22);
  // Python writes these two as zip64 into its headers when it cannot know the size beforehand.
  const isZip64 = size === 0xffffffff && compressedSize === 0xffffffff;
  if (!isZip64 && (size !== header.size || compressedSize !== header.compressedSize)) throw differ('sizes');
  if (bytes.readUInt32LE(at + 14) !== header.crc) throw differ('CRCs');
}

function checkSpans(entries: readonly ArchiveEntry[], directory: Directory): void {
  const inOrder = entries.toSorted((a, b) => a.span.start - b.span.start);
  for (const [index, { name, span }] of inOrder.entries()) {
    if (span.end > directory.start) throw new RefusedArchive('its data runs into the directory', name);
    const next = inOrder[index + 1];
    if (next !== undefined && next.span.start < span.end) {
      throw new RefusedArchive(`it overlaps ${name}`, next.name);
    }
  }
}
