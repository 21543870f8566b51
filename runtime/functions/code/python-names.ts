import { join } from 'node:path';
import * as z from 'zod';
import { describeExit, startChild } from '#runtime/supervise/child';
import { type ModuleNames, moduleNames } from './module-names.ts';

const PROGRAM = join(import.meta.dirname, 'list_names.py');
const MAX_OUTPUT = 16 * 1024 * 1024;
const PATIENCE_MS = 15_000;

const report = z.record(z.string(), moduleNames);

/** The top-level names of Python files, as the interpreter that will run them parses them. */
export async function pythonNames(
  folder: string,
  files: readonly string[],
  python: string,
  env: Readonly<Record<string, string>>,
): Promise<Map<string, ModuleNames>> {
  if (files.length === 0) return new Map();
  const { PATH = '' } = env;
  const child = await startChild({
    command: python,
    args: ['-I', '-S', PROGRAM, folder, ...files],
    env: { PATH, PYTHONIOENCODING: 'utf-8', PYTHONDONTWRITEBYTECODE: '1' },
    link: 'none',
    ifParentDies: 'SIGKILL',
  });
  const timer = setTimeout(() => child.kill(), PATIENCE_MS);
  try {
    child.stderr.resume();
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of child.stdout) {
      if (!Buffer.isBuffer(chunk)) continue;
      size += chunk.length;
      if (size > MAX_OUTPUT) throw new Error('the Python files hold too many names');
      chunks.push(chunk);
    }
    const exit = await child.exited;
    if (exit.code !== 0) throw new Error(`looking into the Python files failed: ${python} ${describeExit(exit)}`);
    return new Map(Object.entries(report.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')))));
  } finally {
    clearTimeout(timer);
    child.kill();
  }
}
