/**
 * Loads what the processes of the program load, and leaves: what that compiles is kept in the folder that `NODE_COMPILE_CACHE`
 * names, for a first start that need not do it. Fails where nothing is kept.
 */
import { getCompileCacheDir } from 'node:module';
import { join } from 'node:path';
import { Hosts } from '#runtime/functions/hosts/hosts';
import { BUILT_IN_PATH } from '#runtime/functions/machinery';
import { startChild } from '#runtime/supervise/child';

const MAIN = join(import.meta.dirname, '..', 'runtime', 'main.ts');
const LOAD_MS = 30_000;
const ROLES = ['all', 'collector', 'functions', 'jobs', 'web'];

const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env;
const env = { PATH, HOME, NODE_COMPILE_CACHE, NODE_ENV: 'production' };

async function loadRole(role: string): Promise<void> {
  const child = await startChild({ command: process.execPath, args: [MAIN, role, '--load-only'], env, link: 'none' });
  for (const stream of [child.stdout, child.stderr]) stream.resume();
  const late = setTimeout(() => child.kill(), LOAD_MS);
  await child.exited;
  clearTimeout(late);
}

async function loadHost(): Promise<void> {
  await using hosts = new Hosts({ python: 'python3', env });
  const order = { name: 'compile', isolation: 'own', language: 'typescript', path: BUILT_IN_PATH } as const;
  await using host = await hosts.start({ ...order, handler: 'handler', log() {} });
  await host.load(LOAD_MS);
}

if (getCompileCacheDir() === undefined) process.exitCode = 1;
else await Promise.all([...ROLES.map(loadRole), loadHost()]);
