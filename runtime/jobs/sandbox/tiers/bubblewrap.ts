import { closeSync, openSync, statfsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { describeExit } from '#runtime/supervise/child';
import { descendantsOf, killProcess } from '#runtime/supervise/process-tree';
import { startWiredChild } from '#runtime/supervise/wired-child';
import type { JobUser } from '../job-users.ts';
import type { OwnFiles } from '../own-files.ts';
import { CODE_FILES, commandFor, type Interpreters, resourceLimits } from '../programs.ts';
import { visibleFiles } from '../visible-files.ts';
import { codePath, DESCRIPTORS, fileTree, isolation, lastSteps, NODE_INSIDE, SCRATCH } from './bubblewrap-arguments.ts';
import type { Confine, Ending, ScratchUse } from './confine.ts';
import { preferForOutOfMemory } from './out-of-memory.ts';

type BubblewrapParts = {
  bwrap: string;
  /** Needed where the worker is root. */
  setpriv: string | null;
  bash: string;
  interpreters: Interpreters;
  files: OwnFiles;
};

/** Between two rounds of killing, while the kernel takes a namespace down. */
const ROUND_MS = 5;
/** statfs(2). */
const TMPFS_MAGIC = 0x0102_1994;
const NOTHING: ScratchUse = { bytes: 0, entries: 0 };

/** Runs jobs in namespaces of their own: bwrap(1), namespaces(7). */
export function bubblewrap({ bwrap, setpriv, bash, interpreters, files }: BubblewrapParts): Confine {
  const visible = visibleFiles(false);
  return async ({ order, user, descriptors }) => {
    const { language, limits, network } = order;
    const interpreter = language === 'node' ? NODE_INSIDE : interpreters[language];
    if (interpreter === null) throw new Error(`There is no ${language} here`);
    const job = commandFor(order, interpreter, codePath(CODE_FILES[language]));
    const [command = bwrap, ...args] = [
      ...becoming(user, setpriv),
      ...[bwrap, ...isolation(network)],
      ...fileTree(order, CODE_FILES[language], visible, files),
      ...lastSteps(bash, resourceLimits(language, limits), job),
    ];
    // A filter is read to its end, so each job opens it anew.
    const opened = [openSync(files.filter({ unix: !network, internet: network }), 'r')];
    if (language === 'node') opened.push(openSync(process.execPath, 'r'));
    const [filter = -1, ...node] = opened;
    const wiring = [...descriptors, 'stream', filter, 'stream', 'stream', ...node] as const;
    const child = await startWiredChild({ command, args, env: {}, descriptors: wiring }).finally(() => {
      for (const descriptor of opened) closeSync(descriptor);
    });
    preferForOutOfMemory(child.pid);

    const code = child.stream(DESCRIPTORS.code);
    // bwrap may be killed before it has read it.
    code.on('error', () => {});
    code.end(order.code);
    const askedForLife = child.stream(DESCRIPTORS.worker);
    askedForLife.on('error', () => {});
    askedForLife.once('data', () => askedForLife.end('\n'));
    const status = exitCodeIn(child.stream(DESCRIPTORS.status));
    let killed = 0;
    let gone = false;
    const ended = child.exited.then(async (exit): Promise<Ending> => {
      gone = true;
      const exitCode = await status;
      return exitCode === null ? { lost: `bubblewrap ${describeExit(exit)}`, killed } : { exitCode, killed };
    });
    return {
      pid: child.pid,
      ended,
      async stop() {
        killed = descendantsOf(child.pid).length;
        // With the first process of a pid namespace all others die, and bwrap ends when that has happened.
        while (!gone) {
          descendantsOf(child.pid).forEach(killProcess);
          await wait(ROUND_MS);
        }
      },
      scratch: ([first]) => scratchUse(first, limits.scratchBytes),
      cleanUp: async () => {},
    };
  };
}

/** The words that turn root into the job's user; for anybody else it is itself. */
function becoming({ uid, gid, other }: JobUser, setpriv: string | null): string[] {
  if (!other) return [];
  if (setpriv === null) throw new Error('As root, bubblewrap needs setpriv');
  return [setpriv, `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--no-new-privs', '--'];
}

/** From bwrap's JSON documents; null when the job's program was never reached. */
async function exitCodeIn(status: Readable): Promise<number | null> {
  const documents = await text(status).catch(() => '');
  const code = /"exit-code": (\d+)/.exec(documents)?.[1];
  return code === undefined ? null : Number(code);
}

/** Of the scratch disk, as the job's first process has it mounted. */
function scratchUse(first: number | undefined, size: number): ScratchUse {
  try {
    const disk = statfsSync(`/proc/${first}/root${SCRATCH}`);
    // While bwrap is at work, its root is still that of the machine.
    if (disk.type !== TMPFS_MAGIC || disk.blocks * disk.bsize !== size) return NOTHING;
    return { bytes: (disk.blocks - disk.bfree) * disk.bsize, entries: disk.files - disk.ffree };
  } catch {
    // It is not mounted yet, or not any more.
    return NOTHING;
  }
}
