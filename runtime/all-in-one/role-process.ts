import { join } from 'node:path';
import { READY } from '#lib/lifecycle';
import type { LineWriter, Log } from '#lib/log';
import { type Child, startChild } from '#runtime/supervise/child';
import { keepAlive } from '#runtime/supervise/keep-alive';
import { readLines } from '#runtime/supervise/log-lines';

const MAIN = join(import.meta.dirname, '..', 'main.ts');
const STOP_MS = 10_000;

type Options = {
  role: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  log: Log;
  write: LineWriter;
};

export type RoleProcess = AsyncDisposable & {
  /** Resolves when the role has started for the first time. */
  ready: Promise<void>;
};

/** Runs one role as a supervised process, whose log lines join ours. */
export function runRole({ role, args, env, log, write }: Options): RoleProcess {
  const stop = new AbortController();
  const ready = Promise.withResolvers<void>();
  const kept = keepAlive({
    name: `the ${role} role`,
    start: () => startChild({ command: process.execPath, args: [MAIN, role, ...args], env, link: 'ipc' }),
    started(child) {
      child.onMessage((message) => {
        if (message === READY) ready.resolve();
      });
      joinLogs(child, role, log, write);
    },
    graceMs: STOP_MS,
    signal: stop.signal,
    log,
  });
  return {
    ready: ready.promise,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await kept;
    },
  };
}

function joinLogs(child: Child, role: string, log: Log, write: LineWriter): void {
  readLines(child.stdout, (line) => (line.startsWith('{') ? write(line) : log.info({ role }, line)));
  readLines(child.stderr, (line) => log.warn({ role }, line));
}
