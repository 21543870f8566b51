import { text } from 'node:stream/consumers';
import { startChild } from './child.ts';

const PATIENCE_MS = 5_000;

/** "3.11.2", as the interpreter says itself; null where there is none. */
export async function pythonVersion(python: string, path: string): Promise<string | null> {
  try {
    const child = await startChild({ command: python, args: ['--version'], env: { PATH: path }, link: 'none' });
    const patience = setTimeout(() => child.kill(), PATIENCE_MS);
    const [said] = await Promise.all([text(child.stdout), text(child.stderr), child.exited]);
    clearTimeout(patience);
    return /^Python (\S+)/.exec(said)?.[1] ?? null;
  } catch {
    return null;
  }
}
