import { RefusedArchive } from './refusal.ts';

const END = 0x06054b50;
const ZIP64_END = 0x06064b50;
const ZIP64_LOCATOR = 0x07064b50;
const CENTRAL = 0x02014b50;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const MAX_COMMENT = 0xffff;
/** How far before an end record adm-zip looks for another one. */
const ZIP64_END_BYTES = 56;

/** Where the central directory is, and how many entries it holds. */
export type Directory = { start: number; end: number; count: number };

/**
 * Finds the one end record. Readers differ in which record they believe when there are several, so anything that two
 * readers could see differently is refused: a second record, zip64, a comment that does not end with the file.
 */
export function findDirectory(bytes: Buffer): Directory {
  const end = findEndRecord(bytes);
  for (let at = Math.max(0, end - ZIP64_END_BYTES); at < end; at++) {
    const signature = bytes.readUInt32LE(at);
    if (signature === ZIP64_END || signature === ZIP64_LOCATOR) throw new RefusedArchive('zip64 is not accepted');
    if (signature === END) throw new RefusedArchive('it has two end records');
  }
  const disk = bytes.readUInt16LE(end + 4);
  const directoryDisk = bytes.readUInt16LE(end + 6);
  const onDisk = bytes.readUInt16LE(end + 8);
  const count = bytes.readUInt16LE(end + 10);
  const size = bytes.readUInt32LE(end + 12);
  const start = bytes.readUInt32LE(end + 16);
  if (count === 0xffff || size === 0xffffffff || start === 0xffffffff)
    throw new RefusedArchive('zip64 is not accepted');
  if (disk !== 0 || directoryDisk !== 0 || onDisk !== count) throw new RefusedArchive('it is one part of several');
  if (start + size !== end) throw new RefusedArchive('its directory is not where its end record says');
  return { start, end, count };
}

function findEndRecord(bytes: Buffer): number {
  const last = bytes.length - END_BYTES;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
    if (bytes.readUInt32LE(at) !== END) continue;
    if (at + END_BYTES + bytes.readUInt16LE(at + 20) === bytes.length) return at;
    throw new RefusedArchive('its end record does not end with the file');
  }
  const startsAsZip = bytes.length >= 4 && bytes.readUInt16LE(0) === 0x4b50;
  throw new RefusedArchive(startsAsZip ? 'it is cut off: its end record is missing' : 'not a zip archive');
}

/**
 * The entries' names, walked over in the raw bytes: adm-zip builds an object for every folder in every name as soon as it
 * reads a directory, so names and counts must be known to be harmless first.
 */
export function rawNames(bytes: Buffer, { start, end, count }: Directory): Buffer[] {
  const names: Buffer[] = [];
  let at = start;
  for (let index = 0; index < count; index++) {
    if (at + CENTRAL_BYTES > end || bytes.readUInt32LE(at) !== CENTRAL) throw new RefusedArchive(MISCOUNTED);
    const nameBytes = bytes.readUInt16LE(at + 28);
    const rest = bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    const nameEnd = at + CENTRAL_BYTES + nameBytes;
    if (nameEnd + rest > end) throw new RefusedArchive(MISCOUNTED);
    const zip64 = [20, 24, 42].some((field) => bytes.readUInt32LE(at + field) === 0xffffffff);
    const name = bytes.subarray(at + CENTRAL_BYTES, nameEnd);
    if (zip64) throw new RefusedArchive('zip64 is not accepted', name.toString('utf8'));
    names.push(name);
    at = nameEnd + rest;
  }
  if (at !== end) throw new RefusedArchive(MISCOUNTED);
  return names;
}

const MISCOUNTED = 'its directory does not hold the entries that its end record counts';
