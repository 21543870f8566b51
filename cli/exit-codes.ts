/**
 * What scripts can tell failures apart by, beside the exit code of a job that was waited for. From 64 on they are those of
 * sysexits.h, which few scripts use themselves; 124 is what timeout(1) says.
 */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 64,
  refused: 65,
  notFound: 66,
  unreachable: 69,
  broken: 70,
  tryLater: 75,
  notAllowed: 77,
  timeout: 124,
  ended: 125,
  interrupted: 130,
  oom: 137,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What each says, for the documentation. */
export const MEANINGS: readonly [code: ExitCode, meaning: string][] = [
  [EXIT.ok, 'It is done. Of a job that was waited for: it ended with code 0.'],
  [EXIT.failed, 'What was tried or deployed does not work: the code does not load, or the handler throws.'],
  [EXIT.usage, 'The command was not written as it should be; nothing was done.'],
  [EXIT.refused, 'The server refused it: a value that does not fit, a name that is taken, a job that has ended.'],
  [EXIT.notFound, 'There is no such job, function, user, version or file.'],
  [EXIT.unreachable, 'The server cannot be reached, or cannot answer now.'],
  [EXIT.broken, 'Something went wrong in the server or in this command.'],
  [EXIT.tryLater, 'Too much at once: too many of your jobs wait, or too many failed sign-ins.'],
  [EXIT.notAllowed, 'Not signed in, or not allowed to.'],
  [EXIT.timeout, 'The job was ended at its time limit.'],
  [EXIT.ended, 'The job was ended because it wrote too much or filled its disk, or it was lost with its worker.'],
  [EXIT.interrupted, 'Ctrl-C, or the job was cancelled.'],
  [EXIT.oom, 'The job was ended because it needed too much memory.'],
];
