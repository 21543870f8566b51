import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ScratchUse } from './confine.ts';

const BLOCK_BYTES = 512;
/** It need not be known how much more than too much it is. */
const ENOUGH_ENTRIES = 5_000;

/** What a folder takes on its disk, itself not counted; follows no link. What cannot be counted counts as too much. */
export function folderUse(folder: string): ScratchUse {
  const use = { bytes: 0, entries: 0 };
  const open = [folder];
  for (let path = open.pop(); path !== undefined && use.entries < ENOUGH_ENTRIES; path = open.pop()) {
    const entries = entriesOf(path);
    if (entries === null) return { bytes: Number.POSITIVE_INFINITY, entries: ENOUGH_ENTRIES };
    for (const entry of entries) {
      const inside = join(path, entry.name);
      use.entries++;
      use.bytes += bytesOf(inside);
      if (entry.isDirectory()) open.push(inside);
    }
  }
  return use;
}

/** Null when a folder is there and cannot be read: its mode is odd, or its path too long. */
function entriesOf(folder: string): Dirent[] | null {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? [] : null;
  }
}

function bytesOf(path: string): number {
  try {
    return lstatSync(path).blocks * BLOCK_BYTES;
  } catch {
    // It has been removed meanwhile.
    return 0;
  }
}
