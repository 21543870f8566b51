import { findExecutable } from '#runtime/supervise/find-executable';
import type { JobOrder, Language, Limits } from './sandbox.ts';

/** What is in {@link visibleFiles}; a developer's own Python in a home directory is not. */
const SEARCH_PATH = '/usr/local/bin:/usr/bin:/bin';
const MIB = 1024 * 1024;
const KIB = 1024;

/** The interpreters of this machine, by language; null where there is none. */
export type Interpreters = Readonly<Record<Language, string | null>>;

export function findInterpreters(): Interpreters {
  return {
    python: findExecutable('python3', SEARCH_PATH),
    // The very Node that runs Vigia, wherever it is installed.
    node: process.execPath,
    bash: findExecutable('bash', SEARCH_PATH),
  };
}

/** Under this name the code can load files of its language beside it, and tracebacks name it. */
export const CODE_FILES: Readonly<Record<Language, string>> = { python: 'main.py', node: 'main.js', bash: 'main.sh' };

/** The words that run a file of code. Output is written as it is printed, as at a terminal. */
export function commandFor({ language, limits }: JobOrder, interpreter: string, codePath: string): string[] {
  const flags: Record<Language, string[]> = {
    python: ['-I', '-u', '-X', 'utf8'],
    // The heap is collected before the limit on memory is reached, not after. The handler would reserve 10 GiB of addresses.
    node: [`--max-old-space-size=${Math.floor(limits.memoryBytes / MIB)}`, '--disable-wasm-trap-handler'],
    bash: ['--noprofile', '--norc'],
  };
  return [interpreter, ...flags[language], codePath];
}

/** getrlimit(2), in the units of the kernel. */
export type ResourceLimits = {
  processes: number;
  openFiles: number;
  fileBytes: number;
  cpuSeconds: number;
  lockedBytes: number;
  /** Private writable memory of one process; the watch over all of them is what counts, this holds what is too fast for it. */
  dataBytes: number;
  /** All addresses of one process; null for Node, whose heap reserves more than it ever uses. */
  addressBytes: number | null;
};

/** What is reserved and never used costs nothing, and a request that could not be granted would look like a fault of the code. */
const ROOM = 16;

export function resourceLimits(language: Language, limits: Limits): ResourceLimits {
  return {
    processes: limits.processes,
    openFiles: 128,
    fileBytes: limits.scratchBytes,
    cpuSeconds: Math.ceil(limits.timeMs / 1_000) + 1,
    lockedBytes: 64 * KIB,
    dataBytes: ROOM * limits.memoryBytes,
    addressBytes: language === 'node' ? null : ROOM * limits.memoryBytes,
  };
}
