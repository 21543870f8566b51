import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import * as z from 'zod';
import type { OwnFiles } from './own-files.ts';
import { type JobMachinery, runJob } from './run-job.ts';
import { DEFAULT_LIMITS, type Language, type Outcome } from './sandbox.ts';
import { type Architecture, numberOf, type SystemCall } from './seccomp/system-calls.ts';
import { writeReadable } from './write-readable.ts';

/** One of each kind that the filter refuses: with no filter at least one of them succeeds, or fails in another way. */
const CALLS = [
  'io_uring_setup',
  'keyctl',
  'add_key',
  'userfaultfd',
  'memfd_create',
  'ptrace',
  'shmget',
] satisfies SystemCall[];

const found = z.array(z.string());

/** Runs `check_refusals.py` in a tier; returns, in words, all that speaks against the tier. */
export async function checkConfinement(
  machinery: JobMachinery,
  files: OwnFiles,
  architecture: Architecture,
): Promise<string[]> {
  // Readable to all, so that only the sandbox can be what keeps it from being read.
  const secret = writeReadable(join(files.jobs, 'secret'), 'secret');
  const listener = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  const known = {
    secret,
    port: address !== null && typeof address === 'object' ? address.port : 0,
    worker: process.pid,
    calls: Object.fromEntries(CALLS.map((call) => [call, numberOf(call, architecture)])),
  };
  const outcome = await trial(machinery, 'python', readFileSync(CHECKS, 'utf8'), JSON.stringify(known));
  listener.close();
  rmSync(secret);
  if (outcome.reason !== 'exit' || outcome.exitCode !== 0) return [describe(outcome)];
  return found.parse(JSON.parse(outcome.stdout));
}

const CHECKS = join(import.meta.dirname, 'check_refusals.py');

const SMALLEST = { python: 'print("it runs")', node: 'console.log("it runs")', bash: 'echo it runs' } satisfies Record<
  Language,
  string
>;

/** Why a language does not run in a tier, or null when it does. */
export async function checkLanguage(machinery: JobMachinery, language: Language): Promise<string | null> {
  const outcome = await trial(machinery, language, SMALLEST[language], '');
  return outcome.stdout === 'it runs\n' ? null : describe(outcome);
}

const trial = (machinery: JobMachinery, language: Language, code: string, input: string): Promise<Outcome> =>
  runJob(machinery, { language, code, input, limits: DEFAULT_LIMITS, network: false });

function describe({ reason, exitCode, detail, stderr }: Outcome): string {
  const how = reason === 'exit' ? `it ends with code ${exitCode}` : `it ends with ${reason}`;
  const lastLine = stderr.trim().split('\n').at(-1);
  return [how, detail, lastLine].filter(Boolean).join(': ');
}
