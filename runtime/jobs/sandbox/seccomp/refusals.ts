import type { SystemCall } from './system-calls.ts';

/** errno(3). */
export const EPERM = 1;
export const ENOSYS = 38;

/** System calls that no job gets, by what could be done with them. */
export const REFUSED = {
  'another view of the file system or of the machine': [
    'unshare',
    'setns',
    'mount',
    'umount2',
    'pivot_root',
    'chroot',
    'open_tree',
    'open_tree_attr',
    'move_mount',
    'fsopen',
    'fsconfig',
    'fsmount',
    'fspick',
    'mount_setattr',
  ],
  'files past their paths': [
    'name_to_handle_at',
    'open_by_handle_at',
    'fanotify_init',
    'fanotify_mark',
    'quotactl',
    'quotactl_fd',
  ],
  'into other processes': [
    'ptrace',
    'process_vm_readv',
    'process_vm_writev',
    'process_madvise',
    'kcmp',
    'pidfd_getfd',
    'migrate_pages',
    'move_pages',
  ],
  'parts of the kernel with a long record of holes, or that pass by this filter': [
    'io_uring_setup',
    'io_uring_enter',
    'io_uring_register',
    'keyctl',
    'add_key',
    'request_key',
    'bpf',
    'perf_event_open',
    'userfaultfd',
    'lookup_dcookie',
    'nfsservctl',
    'uselib',
    'modify_ldt',
  ],
  'the machine as a whole': [
    'kexec_load',
    'kexec_file_load',
    'init_module',
    'finit_module',
    'delete_module',
    'reboot',
    'swapon',
    'swapoff',
    'acct',
    'syslog',
    'vhangup',
    'iopl',
    'ioperm',
    'sethostname',
    'setdomainname',
    'settimeofday',
    'clock_settime',
    'adjtimex',
    'clock_adjtime',
  ],
  'memory that belongs to no process, so that none is charged for it': [
    'memfd_create',
    'memfd_secret',
    'shmget',
    'msgget',
    'semget',
    'mq_open',
  ],
} as const satisfies Record<string, readonly SystemCall[]>;

/** A call that is refused for some arguments. All conditions of a rule must hold for it to be let through. */
type ConditionalRule = { call: SystemCall; conditions: readonly Condition[] };
export type Condition = { argument: number } & (
  | { mustBeOneOf: readonly number[] }
  | { mustNotBeOneOf: readonly number[] }
  | { mustNotHaveBits: number }
);

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET of clone(2). */
const NEW_NAMESPACES = 0x7e02_0000;
/** Type into a terminal (ioctl_tty(2), TIOCLINUX of ioctl_console(2)): it may be the terminal of somebody else. */
const TERMINAL_INPUT = [0x5412, 0x541c];
const PRIO_PROCESS = 0;
const IOPRIO_WHO_PROCESS = 1;
const ITSELF = 0;
const QUERY_PERSONALITY = 0xffff_ffff;

const AF_UNIX = 1;
const AF_INET = 2;
const AF_INET6 = 10;

/** `unix`: only where no socket of another process can be reached by a path or an abstract name. */
export type Sockets = { unix: boolean; internet: boolean };

export function conditionalRules({ unix, internet }: Sockets): ConditionalRule[] {
  const families = [...(unix ? [AF_UNIX] : []), ...(internet ? [AF_INET, AF_INET6] : [])];
  return [
    { call: 'clone', conditions: [{ argument: 0, mustNotHaveBits: NEW_NAMESPACES }] },
    { call: 'socket', conditions: [{ argument: 0, mustBeOneOf: families }] },
    { call: 'socketpair', conditions: [{ argument: 0, mustBeOneOf: [AF_UNIX] }] },
    { call: 'ioctl', conditions: [{ argument: 1, mustNotBeOneOf: TERMINAL_INPUT }] },
    { call: 'personality', conditions: [{ argument: 0, mustBeOneOf: [0, QUERY_PERSONALITY] }] },
    // Limits and priorities of any process of the same user can be set, also of one that runs Vigia itself.
    { call: 'prlimit64', conditions: [{ argument: 0, mustBeOneOf: [ITSELF] }] },
    { call: 'sched_setaffinity', conditions: [{ argument: 0, mustBeOneOf: [ITSELF] }] },
    { call: 'sched_setscheduler', conditions: [{ argument: 0, mustBeOneOf: [ITSELF] }] },
    { call: 'sched_setparam', conditions: [{ argument: 0, mustBeOneOf: [ITSELF] }] },
    { call: 'sched_setattr', conditions: [{ argument: 0, mustBeOneOf: [ITSELF] }] },
    {
      call: 'setpriority',
      conditions: [
        { argument: 0, mustBeOneOf: [PRIO_PROCESS] },
        { argument: 1, mustBeOneOf: [ITSELF] },
      ],
    },
    {
      call: 'ioprio_set',
      conditions: [
        { argument: 0, mustBeOneOf: [IOPRIO_WHO_PROCESS] },
        { argument: 1, mustBeOneOf: [ITSELF] },
      ],
    },
  ];
}
