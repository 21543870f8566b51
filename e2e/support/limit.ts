import { availableParallelism, loadavg } from 'node:os';

/**
 * How long something may take that is promised within `ms`: so long on a machine that has the time, and as many times longer
 * as there is more to do at once than there are processors, because then other programs have theirs.
 */
export function limit(ms: number): number {
  const [lastMinute = 0] = loadavg();
  return ms * Math.max(1, lastMinute / availableParallelism());
}
