import { chmodSync, chownSync, closeSync, mkdirSync, mkdtempSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describeExit } from '#runtime/supervise/child';
import { removeTree } from '#runtime/supervise/remove-tree';
import { startWiredChild } from '#runtime/supervise/wired-child';
import type { JobUser } from '../job-users.ts';
import type { OwnFiles } from '../own-files.ts';
import { CODE_FILES, commandFor, type Interpreters, type ResourceLimits, resourceLimits } from '../programs.ts';
import { visibleFiles } from '../visible-files.ts';
import { writeReadable } from '../write-readable.ts';
import type { Confine, Ending } from './confine.ts';
import { folderUse } from './folder-use.ts';

type LaunchedParts = {
  python: string;
  interpreters: Interpreters;
  files: OwnFiles;
  /** `limits` alone keeps nothing from being seen or called. */
  protection: 'landlock' | 'limits';
};

const LAUNCHER = join(import.meta.dirname, 'launcher.py');
const DESCRIPTORS = { worker: 3, filter: 4, counting: 5 };
const DEVICES = ['/dev/null', '/dev/zero', '/dev/full', '/dev/random', '/dev/urandom'];
/** Where a job shares its user with others, the kernel's own count only protects the machine. */
const PROCESSES_OF_A_USER = 4_096;

/** Runs jobs below `launcher.py`, in the machine's own namespaces. */
export function launched({ python, interpreters, files, protection }: LaunchedParts): Confine {
  const visible = { without: readable(false), with: readable(true) };
  return async ({ order, user, descriptors }) => {
    const { language, limits, network } = order;
    const interpreter = interpreters[language];
    if (interpreter === null) throw new Error(`There is no ${language} here`);
    const { folder, code, scratch } = makeJobFolder(files, CODE_FILES[language], order.code, user);
    const read = [...(network ? visible.with : visible.without), interpreter, code];
    // Without a file tree of its own, a job could reach every socket that has a path.
    const filter = openSync(files.filter({ unix: false, internet: network }), 'r');
    const counting = openSync(files.countingFilter, 'r');
    const child = await startWiredChild({
      command: python,
      args: [
        ...['-I', '-S', LAUNCHER, '--uid', `${user.uid}`, '--gid', `${user.gid}`, '--scratch', scratch],
        ...rlimits(resourceLimits(language, limits), user),
        ...(protection === 'landlock' ? confinement(read, network) : []),
        ...(user.other ? [] : ['--count', `${limits.processes},${DESCRIPTORS.counting}`]),
        ...['--', ...commandFor(order, interpreter, code)],
      ],
      env: {},
      descriptors: [...descriptors, 'stream', filter, counting],
    }).finally(() => {
      closeSync(filter);
      closeSync(counting);
    });
    const link = child.stream(DESCRIPTORS.worker);
    // One that has ended cannot be told to.
    link.on('error', () => {});
    const said = text(link).catch(() => '');
    return {
      pid: child.pid,
      ended: child.exited.then(async (exit) => endingOf(await said, `the launcher ${describeExit(exit)}`)),
      async stop() {
        link.end();
      },
      scratch: () => folderUse(scratch),
      cleanUp: () => removeTree(folder),
    };
  };
}

const readable = (network: boolean): string[] =>
  visibleFiles(network)
    .filter(({ kind }) => kind !== 'link')
    .map(({ path }) => path);

/** A folder with the code and, for the job's user alone, an empty one to work in. */
function makeJobFolder(files: OwnFiles, codeFile: string, source: string, { uid, gid }: JobUser) {
  const folder = mkdtempSync(join(files.jobs, 'job-'));
  chmodSync(folder, 0o711);
  const code = writeReadable(join(folder, codeFile), source);
  const scratch = join(folder, 'scratch');
  mkdirSync(scratch, { mode: 0o700 });
  chownSync(scratch, uid, gid);
  return { folder, code, scratch };
}

function confinement(read: readonly string[], network: boolean): string[] {
  return [
    '--confine',
    ...(network ? ['--network'] : []),
    ...read.flatMap((path) => ['--read', path]),
    ...DEVICES.flatMap((path) => ['--use', path]),
    ...['--filter', `${DESCRIPTORS.filter}`],
  ];
}

/** Under the names that Python's `resource` has for them. */
function rlimits(limits: ResourceLimits, user: JobUser): string[] {
  const named = {
    CORE: 0,
    MSGQUEUE: 0,
    NPROC: user.other ? limits.processes : PROCESSES_OF_A_USER,
    NOFILE: limits.openFiles,
    CPU: limits.cpuSeconds,
    MEMLOCK: limits.lockedBytes,
    FSIZE: limits.fileBytes,
    DATA: limits.dataBytes,
    ...(limits.addressBytes === null ? {} : { AS: limits.addressBytes }),
  };
  return Object.entries(named).flatMap(([name, value]) => ['--limit', `${name}=${value}`]);
}

/** From the first line that was said: what comes after it is only the end of the one who said it. */
function endingOf(said: string, otherwise: string): Ending {
  const [, word, rest = ''] = /^(exit|killed|lost) (.*)/.exec(said) ?? [];
  if (word === 'exit') return { exitCode: Number(rest), killed: 0 };
  if (word === 'killed') return { lost: 'it was ended', killed: Number(rest) };
  return { lost: rest === '' ? otherwise : rest, killed: 0 };
}
