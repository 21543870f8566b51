import { descendantsOf } from '#runtime/supervise/process-tree';
import type { EndReason, Limits } from '../sandbox.ts';
import type { ConfinedJob } from '../tiers/confine.ts';
import { memoryOf } from './memory.ts';

const PERIOD_MS = 50;
/** Files and folders. Each takes memory of the kernel that no limit on bytes counts. */
const MAX_ENTRIES = 4_096;

/** Looks at a job every {@link PERIOD_MS} and says once that it has more than it may. */
export function watchJob(
  job: ConfinedJob,
  limits: Limits,
  exceeded: (reason: EndReason & ('oom' | 'disk')) => void,
): Disposable {
  let timer = setTimeout(look, PERIOD_MS);
  function look(): void {
    const processes = descendantsOf(job.pid);
    const { bytes, entries } = job.scratch(processes);
    if (memoryOf(processes, limits.memoryBytes) > limits.memoryBytes) exceeded('oom');
    else if (bytes > limits.scratchBytes || entries > MAX_ENTRIES) exceeded('disk');
    else timer = setTimeout(look, PERIOD_MS);
  }
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}
