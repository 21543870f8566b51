import { join } from 'node:path';
import { findExecutable } from '#runtime/supervise/find-executable';

const BENCH = join(import.meta.dirname, '..');
export const MAIN = join(BENCH, '..', 'runtime', 'main.ts');

export const inBench = (...path: string[]): string => join(BENCH, ...path);

export function isInstalled(program: string): boolean {
  return findExecutable(program, process.env.PATH ?? '') !== null;
}

/** Thrown by a row that this machine cannot measure; the message says why. */
export class Skip extends Error {}

export function need(program: string): void {
  if (!isInstalled(program)) throw new Skip(`${program} is not installed`);
}
