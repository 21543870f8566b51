import { expect } from 'vitest';
import { type Child, startChild } from '#runtime/supervise/child';
import { readLines } from '#runtime/supervise/log-lines';

/** A functions role in a process of its own, as a cluster runs it. */
export type FunctionsRuntime = AsyncDisposable & {
  readonly child: Child;
  /** Resolves when it has logged this. */
  said(text: string): Promise<void>;
};

export async function startFunctionsRuntime(env: Readonly<Record<string, string>>): Promise<FunctionsRuntime> {
  const child = await startChild({
    command: process.execPath,
    args: ['runtime/main.ts', 'functions'],
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
    async [Symbol.asyncDispose]() {
      if (!hasEnded) process.kill(child.pid, 'SIGCONT');
      await child.terminate(5_000);
    },
  };
}
