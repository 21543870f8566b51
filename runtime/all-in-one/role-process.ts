import { join } from 'node:path';
import { ConfigError } from '#lib/config';
import { MISCONFIGURED, READY } from '#lib/lifecycle';
import { createLog, type LineWriter, type Log } from '#lib/log';
import { misconfiguredMessage } from '#lib/schemas/supervised';
import { type Child, startChild } from '#runtime/supervise/child';
import { keepAlive } from '#runtime/supervise/keep-alive';
import { readLines } from '#runtime/supervise/log-lines';

const MAIN = join(import.meta.dirname, '..', 'main.ts');
/** Longer than a role itself gives what it has begun, beside its jobs. */
const STOP_MS = 7_500;
/**
 * Compiled code, kept between starts, as `npm start` keeps that of the process that starts the roles: beside the packages, so
 * that it goes with them; where nothing can be written, there is none.
 */
export const COMPILED = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'vigia-compiled');
/** In MB. Roles make little garbage at a time, so that their young generation need not grow; viewers make some more. */
export const youngGeneration = (role: string) => `--max-semi-space-size=${role === 'web' ? 4 : 1}`;

type Options = {
  role: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  log: Log;
  /** For what the role itself says: it writes JSON lines of its own, and plain text when it has to. */
  output: { level: string; write: LineWriter };
  /** How long its jobs have to end. */
  graceMs: number;
  /** Whatever else the role tells. */
  heard: (message: unknown) => void;
  /** One of its processes has died. */
  died: (pid: number) => void;
};

type RoleProcess = AsyncDisposable & {
  /** Resolves when the role has started for the first time; rejects when it cannot, as it is configured. */
  ready: Promise<void>;
};

/** Runs one role as a supervised process, whose log lines join ours. */
export function runRole({ role, args, env, log, output, graceMs, heard, died }: Options): RoleProcess {
  const stop = new AbortController();
  const ready = Promise.withResolvers<void>();
  let wasReady = false;
  let problems = [`the ${role} role refuses its configuration`];
  const kept = keepAlive({
    name: `the ${role} role`,
    start: () =>
      startChild({ command: process.execPath, args: [youngGeneration(role), MAIN, role, ...args], env, link: 'ipc' }),
    started(child) {
      child.onMessage((message) => {
        const refusal = misconfiguredMessage.safeParse(message).data;
        if (refusal !== undefined) problems = refusal.misconfigured;
        else if (message !== READY) heard(message);
        else {
          wasReady = true;
          ready.resolve();
        }
      });
      joinLogs(child, role, output);
    },
    ended: ({ pid }) => died(pid),
    isFinal({ code }) {
      if (code !== MISCONFIGURED) return false;
      // Everything else still runs, so it is tried again.
      if (wasReady) log.error(`the ${role} role cannot start: ${problems.join('; ')}`);
      return !wasReady;
    },
    graceMs: STOP_MS + graceMs,
    signal: stop.signal,
    log,
  });
  void kept.then(() => ready.reject(new ConfigError(problems)));
  return {
    ready: ready.promise,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await kept;
    },
  };
}

function joinLogs(child: Child, role: string, { level, write }: Options['output']): void {
  const plain = createLog(role, level, write);
  readLines(child.stdout, (line) => (line.startsWith('{') ? write(line) : plain.info(line)));
  readLines(child.stderr, (line) => plain.warn(line));
}
