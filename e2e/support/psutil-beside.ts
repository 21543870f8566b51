import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import * as z from 'zod';

const reading = z.record(z.string(), z.number());
export type Reading = z.infer<typeof reading>;

const SCRIPT = new URL('./psutil-reading.py', import.meta.url).pathname;

/** The first Python here that has psutil. */
export const pythonWithPsutil = ['python3', '/usr/bin/python3'].find(
  (python) => spawnSync(python, ['-c', 'import psutil']).status === 0,
);

/** psutil in a process of its own, asked one reading at a time. */
export function startPsutil(python: string) {
  const child = spawn(python, [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async read(): Promise<{ text: string; values: Reading }> {
      child.stdin.write('\n');
      const { value: text } = await lines.next();
      return { text: String(text), values: reading.parse(JSON.parse(String(text))) };
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

/** Keeps one CPU busy until it is disposed of; resolves when it has begun. */
export async function keepBusy(python: string, cpu: number): Promise<AsyncDisposable> {
  const code = `import os\nos.sched_setaffinity(0, {${cpu}})\nprint("busy", flush=True)\nwhile True: pass`;
  const child = spawn(python, ['-c', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return {
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}
