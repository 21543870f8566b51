import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundledSources } from '../scripts/image/bundled-sources.ts';
import { layOut } from '../scripts/image/lay-out.ts';
import { headersOf } from './support/accounts.ts';
import { freePort, type RedisServer, startRedis } from './support/redis-server.ts';

// What an image of the Dockerfile holds, without a container engine: laid out as it says, with packages from a clean
// install, read-only, and run by a user who owns nothing.
const ROOT = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'vigia-image-'));
const images = { web: join(folder, 'web'), runtime: join(folder, 'runtime') };
const USER = 10_001;
const isRoot = process.getuid?.() === 0;

const layout = { web: layOut(ROOT, 'web', images.web), runtime: layOut(ROOT, 'runtime', images.runtime) };
const hasPackages = installPackages();
let redis: RedisServer;

beforeAll(async () => {
  redis = await startRedis();
  cpSync(join(ROOT, '.next'), join(images.web, '.next'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => path !== join(ROOT, '.next', 'cache') && path !== join(ROOT, '.next', 'dev'),
  });
  spawnSync('chmod', ['-R', 'a-w,a+rX', folder]);
});
afterAll(async () => {
  await redis[Symbol.asyncDispose]();
  spawnSync('chmod', ['-R', 'u+w', folder]);
  rmSync(folder, { recursive: true, force: true });
});

/** Both images have the same. False where no registry can be reached and the cache of npm does not have them all. */
function installPackages(): boolean {
  cpSync(join(ROOT, 'package-lock.json'), join(images.runtime, 'package-lock.json'));
  const words = layout.runtime.install.split(/\s+/);
  // The cache of the image's own is empty; the machine's saves a download.
  const [command = '', ...args] = words.filter((word, index) => word !== '--cache' && words[index - 1] !== '--cache');
  const { status, stderr } = spawnSync(command, [...args, '--prefer-offline', '--fetch-retries=1'], {
    cwd: images.runtime,
    env: { ...process.env, NODE_ENV: 'production' },
    encoding: 'utf8',
  });
  rmSync(join(images.runtime, 'package-lock.json'));
  if (status !== 0 && /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH/.test(stderr)) return false;
  if (status !== 0) throw new Error(`${layout.runtime.install}: ${stderr}`);
  cpSync(join(images.runtime, 'node_modules'), join(images.web, 'node_modules'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  return true;
}

/** As its user, who is nobody here; or, where one may not become another, as whoever runs the tests. */
function asImageUser(command: readonly string[]): string[] {
  if (!isRoot) return [...command];
  return ['setpriv', `--reuid=${USER}`, `--regid=${USER}`, '--clear-groups', '--no-new-privs', '--', ...command];
}

type Role = AsyncDisposable & { url: string; said: string[] };

/** As a container of the image starts: its environment, its user, and nothing of ours. */
async function start(image: keyof typeof images, role: string, settings: Record<string, string> = {}): Promise<Role> {
  const port = String(await freePort());
  const home = mkdtempSync(join(tmpdir(), 'vigia-home-'));
  chmodSync(home, 0o777);
  const env: NodeJS.ProcessEnv = {
    ...layout[image].env,
    NODE_ENV: 'production',
    ...{ PATH: process.env.PATH ?? '', HOME: home, VIGIA_HOME: join(home, 'vigia'), HOST: '127.0.0.1' },
    ...{ PORT: port, HEALTH_PORT: port, REDIS_URL: redis.url, ...settings },
  };
  const [command = '', ...args] = asImageUser([process.execPath, 'runtime/main.ts', role]);
  const child = spawn(command, args, { cwd: images[image], env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(String(chunk)));
  await once(child, 'spawn');
  await expect.poll(() => rightsOf(child.pid)).toEqual({ isRoot: false, capabilities: 0n });
  return {
    url: `http://127.0.0.1:${port}`,
    said,
    async [Symbol.asyncDispose]() {
      const ended = child.exitCode === null ? once(child, 'exit') : null;
      child.kill('SIGTERM');
      await ended;
      rmSync(home, { recursive: true, force: true });
      expect(child.exitCode, said.join('')).toBe(0);
    },
  };
}

function rightsOf(pid = 0): { isRoot: boolean; capabilities: bigint } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const [, uids = ''] = /^Uid:(.*)$/m.exec(status) ?? [];
  const [, capabilities = ''] = /^CapEff:\s*(\w+)$/m.exec(status) ?? [];
  return { isRoot: /\b0\b/.test(uids), capabilities: BigInt(`0x${capabilities}`) };
}

async function answers({ url, said }: Role, path: string): Promise<Response> {
  const ask = () => fetch(url + path).catch(() => null);
  await expect.poll(async () => (await ask())?.status, { timeout: 30_000, message: said.join('') }).toBe(200);
  return await fetch(url + path);
}

test('the pages are made of files that the stage which builds them has', () => {
  const stage = join(folder, 'pages');
  layOut(ROOT, 'pages', stage);
  const bundled = bundledSources(ROOT);
  expect(bundled).toEqual(expect.arrayContaining(['app/page.tsx', 'instrumentation.ts', 'lib/keys.ts']));
  expect(bundled.filter((path) => !existsSync(join(stage, path)))).toEqual([]);
});

describe.skipIf(!hasPackages)('what is in the images', () => {
  test('no packages for development, and no binary of Node beside the base image’s', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const there = Object.keys(devDependencies).filter((name) => existsSync(join(images.web, 'node_modules', name)));
    expect(there).toEqual([]);
    expect(existsSync(join(images.web, 'node_modules', 'node', 'bin', 'node'))).toBe(false);
  });

  test('nothing that its user could change', () => {
    const [command = '', ...args] = asImageUser(['find', folder, '-writable', '!', '-type', 'l']);
    const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, '']);
  });
});

describe.skipIf(!hasPackages)('read-only, as a user who owns nothing', () => {
  test('web answers with pages, data and metrics, and beside it a lost password is replaced', async () => {
    const own = { KEY_PREFIX: 'of-this-test:' };
    await using web = await start('web', 'web', { ADMIN_PASSWORD: 'a password of theirs', ...own });
    await answers(web, '/readyz');
    const page = await fetch(web.url, { headers: { accept: 'text/html' } });
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('</html>')]);
    const script = /\/_next\/static\/[^"]+\.js/.exec(await (await fetch(`${web.url}/signin`)).text())?.[0];
    for (const path of [script, '/docs', '/api/v1/openapi.json', '/api/v1/status'])
      expect([path, (await fetch(web.url + path)).status]).toEqual([path, 200]);
    expect(await (await answers(web, '/metrics')).text()).toContain('role="web"');
    expect(web.said.join('')).not.toMatch(/EROFS|EACCES|EPERM/);

    const [command = '', ...args] = asImageUser([process.execPath, 'runtime/reset-password.ts']);
    const { PATH } = process.env;
    const env: NodeJS.ProcessEnv = { ...layout.web.env, NODE_ENV: 'production', PATH, REDIS_URL: redis.url, ...own };
    const reset = spawnSync(command, args, { cwd: images.web, env, encoding: 'utf8' });
    expect(reset).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Sign in   admin, password '),
      stderr: '',
    });
  });

  test('collector writes this machine’s metrics, and functions runs Python on them', async () => {
    const path = join(ROOT, 'examples', 'functions', 'machine_metrics.py');
    const readable = join(tmpdir(), `vigia-handler-${process.pid}.py`);
    cpSync(path, readable);
    await using collector = await start('runtime', 'collector', { COLLECT: 'on', COLLECT_PERIOD: '0.2' });
    await using functions = await start('runtime', layout.runtime.command.replaceAll(/[^a-z]/g, ''), {
      FUNCTION_PATH: readable,
      MONITORING_PERIOD: '0.2',
    });
    await answers(collector, '/readyz');
    await answers(functions, '/readyz');
    const client = new Redis(redis.url);
    await expect
      .poll(() => client.get('metrics-output'), { timeout: 20_000, message: functions.said.join('') })
      .toContain('percent-network-egress');
    client.disconnect();
    rmSync(readable);
    expect(await (await answers(functions, '/metrics')).text()).toContain('outcome="result"');
  });

  test('jobs says how it confines them, and runs one', async () => {
    const password = 'a password of theirs';
    await using web = await start('web', 'web', { ADMIN_PASSWORD: password });
    await using jobs = await start('runtime', 'jobs', { ALLOW_UNSANDBOXED: '1' });
    const { tier } = await (await answers(jobs, '/readyz')).json();
    expect(['bubblewrap', 'landlock', 'none']).toContain(tier);
    await answers(web, '/readyz');
    const headers = headersOf({ name: 'admin', password });
    const body = JSON.stringify({ language: 'python', code: 'print("ran")' });
    const submitted = await (await fetch(`${web.url}/api/v1/jobs`, { method: 'POST', headers, body })).json();
    const job = async () => (await fetch(`${web.url}/jobs/${submitted.id}`, { headers })).json();
    await expect.poll(job, { timeout: 20_000 }).toMatchObject([{ status: 'DONE', result: 'ran\n' }]);
    expect(jobs.said.join('')).not.toMatch(/EROFS|EACCES/);
  });
});
