import type { JobOrder, Outcome, Sandbox, Tier } from '../sandbox.ts';
import type { Surroundings } from './surroundings.ts';

/** One try to get out of a sandbox, or to take more than one's share. */
export type Escape = {
  name: string;
  /** Where the kernel offers a tier no way to hold against it; docs/sandbox.md says so as well. */
  notIn?: readonly Tier[];
  /** Null when the sandbox held; else what was possible. */
  attempt(sandbox: Sandbox, surroundings: Surroundings): Promise<string | null>;
};

const PRELUDE = `import ctypes, errno, glob, os, resource, signal, socket, sys, time
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long

def call(number, *args):
    """A system call, past the C library; whether anything but the filter has answered."""
    ctypes.set_errno(0)
    libc.syscall(ctypes.c_long(number), *[a if isinstance(a, bytes) else ctypes.c_long(a) for a in args])
    return ctypes.get_errno() != errno.EPERM

def works(attempt):
    try:
        return attempt() is not False
    except OSError:
        return False

def readable(path):
    return works(lambda: len(open(path, "rb").read(1)) > 0)
`;

/** Python that names everything in \`possible\` that it could do; what it knows of its surroundings is in \`known\`. */
export function pythonTry(name: string, body: string, { notIn }: { notIn?: readonly Tier[] } = {}): Escape {
  return {
    name,
    ...(notIn === undefined ? {} : { notIn }),
    async attempt(sandbox, surroundings) {
      // JSON of strings, numbers and objects is Python, too.
      const code = `${PRELUDE}known = ${JSON.stringify(surroundings.known)}\npossible = []\n${body}\nprint("POSSIBLE", possible)\n`;
      const outcome = await sandbox.run(order({ language: 'python', code }));
      if (outcome.stdout.includes('POSSIBLE []')) return null;
      return outcome.stdout.includes('POSSIBLE')
        ? outcome.stdout.trim()
        : `the try itself failed: ${describe(outcome)}`;
    },
  };
}

/** A job with the usual limits, and what the try changes. */
export function order(
  given: Partial<JobOrder> & Pick<JobOrder, 'language' | 'code'>,
  timeMs = LIMITS.timeMs,
): JobOrder {
  return { input: '', limits: { ...LIMITS, timeMs }, network: false, ...given };
}

export const LIMITS = {
  // Long, so that what is ended for another reason is not ended for this one, however busy the machine.
  timeMs: 30_000,
  memoryBytes: 256 * 1024 * 1024,
  processes: 64,
  outputBytes: 1024 * 1024,
  scratchBytes: 16 * 1024 * 1024,
};

export function describe({ reason, exitCode, detail, stderr, durationMs }: Outcome): string {
  return `${reason} ${exitCode} ${detail ?? ''} after ${Math.round(durationMs)} ms: ${stderr.slice(-300)}`;
}
