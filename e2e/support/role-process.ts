import { expect } from 'vitest';
import { type Child, startChild } from '#runtime/supervise/child';
import { readLines } from '#runtime/supervise/log-lines';

/** A role in a process of its own, as a cluster runs it. */
export type RoleProcess = AsyncDisposable & {
  readonly child: Child;
  /** Resolves when it has logged this. */
  said(text: string): Promise<void>;
  /** Signals what was loaded ahead of it, and resolves with the line that this says then. */
  ask(answer: RegExp): Promise<string>;
};

type RoleName = 'functions' | 'collector';

/** `ahead` is a module of this folder, loaded before the program. */
export async function startRoleProcess(
  role: RoleName,
  env: Readonly<Record<string, string>>,
  ahead?: string,
): Promise<RoleProcess> {
  const child = await startChild({
    command: process.execPath,
    args: [...(ahead === undefined ? [] : ['--import', `./e2e/support/${ahead}`]), 'runtime/main.ts', role],
    env: { PATH: process.env.PATH ?? '', ...env },
    link: 'none',
    ifParentDies: 'SIGKILL',
  });
  const lines: string[] = [];
  let hasEnded = false;
  void child.exited.then(() => {
    hasEnded = true;
  });
  for (const stream of [child.stdout, child.stderr])
    readLines(stream, (line) => {
      lines.push(line);
    });
  return {
    child,
    said: (text) => expect.poll(() => lines.join('\n'), { timeout: 20_000 }).toContain(text),
    async ask(answer) {
      const from = lines.length;
      const line = () => lines.slice(from).find((each) => answer.test(each));
      process.kill(child.pid, 'SIGUSR2');
      await expect.poll(line, { timeout: 20_000 }).toBeDefined();
      return line() ?? '';
    },
    async [Symbol.asyncDispose]() {
      if (!hasEnded) process.kill(child.pid, 'SIGCONT');
      await child.terminate(5_000);
    },
  };
}

export const startFunctionsRuntime = (env: Readonly<Record<string, string>>) => startRoleProcess('functions', env);
