import { readdirSync, readFileSync } from 'node:fs';

/**
 * The living processes below one, itself not among them, from `/proc/<pid>/task/<tid>/children` (proc_tid_children(5);
 * needs CONFIG_PROC_CHILDREN). Complete as long as orphans fall to somebody in the tree: to the first process of a pid
 * namespace, or to a child subreaper.
 */
export function descendantsOf(root: number): number[] {
  const found: number[] = [];
  const open = [root];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    for (const child of childrenOf(pid)) {
      open.push(child);
      if (isAlive(child)) found.push(child);
    }
  }
  return found;
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    // It has ended, and its children, if any, have another parent by now.
    return [];
  }
}

/** A zombie has ended already; it only waits for its parent to ask how. */
function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !/^ [ZX]/.test(stat.slice(stat.lastIndexOf(')') + 1));
  } catch {
    return false;
  }
}

/** SIGKILL, to a process that may be gone. */
export function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
