import { readFileSync } from 'node:fs';

const PAGE_BYTES = 4096;
const KIB = 1024;

/**
 * The memory of some processes, heaps, buffers and shared memory alike: the sum of what is resident (proc_pid_statm(5)) while
 * that is below `limit`, else the sum of their proportional shares (proc_pid_smaps_rollup(5)), which counts pages that
 * they share once and takes longer to find out.
 */
export function memoryOf(processes: readonly number[], limit: number): number {
  const resident = sum(processes, residentBytes);
  return resident <= limit ? resident : sum(processes, proportionalBytes);
}

function residentBytes(pid: number): number {
  const [, pages = '0'] = readProcess(pid, 'statm').split(' ');
  return Number(pages) * PAGE_BYTES;
}

function proportionalBytes(pid: number): number {
  const share = /^Pss: +(\d+) kB$/m.exec(readProcess(pid, 'smaps_rollup'))?.[1];
  // A process can hide its mappings from others of its user, not how much there is.
  return share === undefined ? residentBytes(pid) : Number(share) * KIB;
}

function readProcess(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    // It has ended.
    return '';
  }
}

const sum = (processes: readonly number[], bytes: (pid: number) => number): number =>
  processes.reduce((total, pid) => total + bytes(pid), 0);
