import { readFileSync } from 'node:fs';

/** What is only this process' own, in MiB. */
export function memoryOf(pid: number): number {
  return Number(/^Pss_Anon:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) / 1024;
}
