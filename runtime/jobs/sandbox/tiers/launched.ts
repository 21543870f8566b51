import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { describeExit } from '#runtime/supervise/child';
import { removeTree } from '#runtime/supervise/remove-tree';
import { startWiredChild } from '#runtime/supervise/wired-child';
import { type OwnFiles, writeReadable } from '../own-files.ts';
import { CODE_FILES, commandFor, type Interpreters, type ResourceLimits, resourceLimits } from '../programs.ts';
import type { JobOrder } from '../sandbox.ts';
import { visibleFiles } from '../visible-files.ts';
import type { Confine, Ending } from './confine.ts';
import { folderUse } from './folder-use.ts';

export type LaunchedParts = {
  python: string;
  interpreters: Interpreters;
  files: OwnFiles;
  /** `limits` alone keeps nothing from being seen or called. */
  protection: 'landlock' | 'limits';
};

const LAUNCHER = join(import.meta.dirname, 'launcher.py');
const WORKER_DESCRIPTOR = 3;
const DEVICES = ['/dev/null', '/dev/zero', '/dev/full', '/dev/random', '/dev/urandom'];

const report = z.object({ exit: z.number().optional(), lost: z.string().optional(), killed: z.number() });

/** Runs jobs below `launcher.py`, in the machine's own namespaces. */
export function launched({ python, interpreters, files, protection }: LaunchedParts): Confine {
  return async ({ order, user, descriptors }) => {
    const interpreter = interpreters[order.language];
    if (interpreter === null) throw new Error(`There is no ${order.language} here`);
    const folder = mkdtempSync(join(files.jobs, 'job-'));
    chmodSync(folder, 0o711);
    const code = writeReadable(join(folder, CODE_FILES[order.language]), order.code);
    const scratch = join(folder, 'scratch');
    mkdirSync(scratch, { mode: 0o700 });
    chownSync(scratch, user.uid, user.gid);

    const child = await startWiredChild({
      command: python,
      args: ['-I', '-S', LAUNCHER],
      env: {},
      descriptors: [...descriptors, 'stream'],
    });
    const link = child.stream(WORKER_DESCRIPTOR);
    // One that has ended does not read its order.
    link.on('error', () => {});
    const launch = {
      ...{ worker: process.pid, uid: user.uid, gid: user.gid, ownUser: user.other, scratch },
      command: commandFor(order, interpreter, code),
      limits: rlimits(resourceLimits(order.language, order.limits)),
      ...(protection === 'landlock' ? landlock(order, files, { interpreter, code, scratch }) : NO_PROTECTION),
    };
    link.write(`${JSON.stringify(launch)}\n`);
    const said = text(link).catch(() => '');
    return {
      pid: child.pid,
      ended: child.exited.then(async (exit) => endingOf(await said, `the launcher ${describeExit(exit)}`)),
      stop: async () => child.signal('SIGTERM'),
      scratch: () => folderUse(scratch),
      cleanUp: () => removeTree(folder),
    };
  };
}

const NO_PROTECTION = { files: null, filter: null };

function landlock(order: JobOrder, files: OwnFiles, job: { interpreter: string; code: string; scratch: string }) {
  const shown = visibleFiles(order.network).filter(({ kind }) => kind !== 'link');
  return {
    files: {
      read: [...shown.map(({ path }) => path), job.interpreter, job.code],
      devices: DEVICES,
      scratch: job.scratch,
      network: order.network,
    },
    // Without a file tree of its own, a job could reach every socket that has a path.
    filter: readFileSync(files.filter({ unix: false, internet: order.network })).toString('base64'),
  };
}

/** Under the names that Python's `resource` has for them. */
function rlimits(limits: ResourceLimits): Record<string, number> {
  return {
    CORE: 0,
    MSGQUEUE: 0,
    NPROC: limits.processes,
    NOFILE: limits.openFiles,
    CPU: limits.cpuSeconds,
    MEMLOCK: limits.lockedBytes,
    FSIZE: limits.fileBytes,
    DATA: limits.dataBytes,
    ...(limits.addressBytes === null ? {} : { AS: limits.addressBytes }),
  };
}

function endingOf(said: string, otherwise: string): Ending {
  const [line = ''] = said.split('\n');
  if (line === '') return { lost: otherwise, killed: 0 };
  const { exit, lost, killed } = report.parse(JSON.parse(line));
  if (lost !== undefined) return { lost, killed };
  return exit === undefined ? { lost: 'it was ended', killed } : { exitCode: exit, killed };
}
