import { join } from 'node:path';
import type { OwnFiles } from '../own-files.ts';
import type { ResourceLimits } from '../programs.ts';
import type { JobOrder } from '../sandbox.ts';
import type { Visible } from '../visible-files.ts';

/** Descriptors that bwrap reads from or writes to, and one to the worker; all are closed before the job begins. */
export const DESCRIPTORS = { code: 3, filter: 4, status: 5, worker: 6, node: 7 } as const;

export const SCRATCH = '/tmp';
export const NODE_INSIDE = '/opt/node';
const CODE_FOLDER = '/job';
const RESOLVER = '/etc/resolv.conf';
const KIB = 1024;

/** bwrap's words about namespaces and privileges. */
export function isolation(network: boolean): string[] {
  return [
    ...['--unshare-all', ...(network ? ['--share-net'] : [])],
    // `all` only tries the user namespace; without one there is no sandbox.
    ...['--unshare-user', '--disable-userns'],
    ...['--as-pid-1', '--die-with-parent', '--new-session', '--cap-drop', 'ALL', '--hostname', 'job'],
    ...['--json-status-fd', `${DESCRIPTORS.status}`, '--seccomp', `${DESCRIPTORS.filter}`],
  ];
}

/** bwrap's words about the file tree: nothing is there but what is named here, and only the scratch disk can be written. */
export function fileTree(order: JobOrder, codeFile: string, visible: readonly Visible[], files: OwnFiles): string[] {
  const size = `${order.limits.scratchBytes}`;
  return [
    ...['--ro-bind', files.etc, '/etc'],
    ...visible.flatMap(shown),
    ...(order.network ? ['--ro-bind-try', RESOLVER, RESOLVER] : []),
    // By descriptor: the job's user may not be able to reach the place where it is installed.
    ...(order.language === 'node' ? ['--ro-bind-fd', `${DESCRIPTORS.node}`, NODE_INSIDE] : []),
    ...['--ro-bind-data', `${DESCRIPTORS.code}`, codePath(codeFile)],
    ...['--proc', '/proc', '--dev', '/dev'],
    ...['--size', size, '--tmpfs', '/dev/shm', '--remount-ro', '/dev'],
    ...['--size', size, '--tmpfs', SCRATCH, '--remount-ro', '/', '--chdir', SCRATCH],
  ];
}

function shown(entry: Visible): string[] {
  if (entry.kind === 'link') return ['--symlink', entry.target, entry.path];
  // Single files are in our own /etc.
  return entry.kind === 'folder' ? ['--ro-bind', entry.path, entry.path] : [];
}

export const codePath = (codeFile: string): string => join(CODE_FOLDER, codeFile);

/**
 * What runs inside before the job, in its place: the number of processes is counted for each user namespace, so it is limited in
 * there; bwrap passes on descriptors that Vigia was itself started with, and sets PWD. A worker that dies before
 * both processes of bwrap have asked the kernel to die with their parents would leave the job behind. From here on they have, so
 * here the worker is asked to say that it lives.
 */
export function lastSteps(bash: string, limits: ResourceLimits, command: readonly string[]): string[] {
  const flags = [
    ...['-c', 0, '-q', 0, '-u', limits.processes, '-n', limits.openFiles, '-t', limits.cpuSeconds],
    ...['-l', limits.lockedBytes / KIB, '-f', limits.fileBytes / KIB, '-d', limits.dataBytes / KIB],
    ...(limits.addressBytes === null ? [] : ['-v', limits.addressBytes / KIB]),
  ];
  const script = [
    `echo >&${DESCRIPTORS.worker} && read -r -u ${DESCRIPTORS.worker} || exit`,
    `ulimit ${flags.map((word) => (typeof word === 'number' ? Math.floor(word) : word)).join(' ')} || exit`,
    `for path in /proc/self/fd/*; do fd=\${path##*/}; if ((fd > 2)); then exec {fd}>&-; fi; done`,
    `exec -c -- "$@"`,
  ].join('\n');
  return ['--', bash, '--noprofile', '--norc', '-c', script, 'job', ...command];
}
