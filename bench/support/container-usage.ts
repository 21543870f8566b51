import { readFileSync } from 'node:fs';
import { memoryOf, processTree, spentSecondsOf } from './process-usage.ts';

/**
 * Bytes that a container with this process and all that it has started would hold. Its own processes share pages with each
 * other, but, unlike here, with no other role.
 */
export function containerMemoryOf(root: number): number {
  const others = [...processTree(root).keys()].filter((pid) => pid !== root);
  return residentOf(root) + others.reduce((sum, pid) => sum + (memoryIfThere(pid) ?? 0), 0);
}

/** CPU of the process, of all that it has started, and of those of them that have ended. */
export function containerCpuSecondsOf(root: number): number {
  return [...processTree(root).keys()].reduce((sum, pid) => sum + (ifThere(() => spentSecondsOf(pid)) ?? 0), 0);
}

function residentOf(pid: number): number {
  return Number(/^Rss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) * 1024;
}

/** A job's processes end while one looks. */
function memoryIfThere(pid: number): number | null {
  const bytes = ifThere(() => memoryOf(pid));
  return bytes === null || Number.isNaN(bytes) ? null : bytes;
}

function ifThere<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
