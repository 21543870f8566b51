import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const NODE = join(ROOT, 'node_modules', '.bin', 'node');
/** Says in the end whether types had to be stripped. */
const TELL = `data:text/javascript,process.on('exit', () => process.stdout.write(String(process.moduleLoadList.join().includes('amaro'))))`;

const folder = mkdtempSync(join(tmpdir(), 'vigia-compiled-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[], kept: string): string {
  const env = { ...process.env, NODE_ENV: 'production' as const, NODE_COMPILE_CACHE: kept };
  return execFileSync(NODE, args, { cwd: ROOT, env, encoding: 'utf8' }).trim();
}

test('what was compiled ahead, no role compiles again', () => {
  run(['scripts/compile.ts'], folder);
  const strips = (role: string, kept: string) =>
    run(['--import', TELL, 'runtime/main.ts', role, '--load-only'], kept).endsWith('true');
  const roles = ['all', 'collector', 'functions', 'jobs', 'web'];
  expect(roles.filter((role) => strips(role, folder))).toEqual([]);
  expect(strips('collector', join(folder, 'another'))).toBe(true);
});
