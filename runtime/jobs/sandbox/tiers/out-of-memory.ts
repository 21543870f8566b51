import { writeFileSync } from 'node:fs';

/** Should the machine run out of memory, the kernel takes the job first: proc_pid_oom_score_adj(5). Children inherit it. */
export function preferForOutOfMemory(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, '1000');
  } catch {
    // It has ended already.
  }
}
