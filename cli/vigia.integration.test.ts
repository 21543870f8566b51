import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const withoutExecve = ['--import', 'data:text/javascript,process.execve=undefined'];
const scratch = mkdtempSync(join(tmpdir(), 'vigia-cli-'));
afterAll(() => rmSync(scratch, { recursive: true }));

function start(args: readonly string[], { nodeOptions = [] as string[], folder = ROOT } = {}) {
  const { PATH } = process.env;
  return spawn(process.execPath, [...nodeOptions, join(folder, 'cli', 'vigia.js'), ...args], {
    cwd: scratch,
    env: { PATH, HOME: scratch, NODE_ENV: 'production', XDG_CONFIG_HOME: scratch },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function ended(child: ReturnType<typeof start>) {
  const [stdout, stderr, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { stdout, stderr, code, signal };
}

test.each([
  ['this Node', []],
  ['a Node that cannot replace its process', withoutExecve],
])('arguments, exit code and signals pass through: %s', async (_, nodeOptions) => {
  const wrong = await ended(start(['jobs', 'get', 'a b'], { nodeOptions }));
  expect(wrong).toMatchObject({ code: 64, stdout: '', stderr: expect.stringContaining('ID must be a whole number') });

  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const asking = start(['whoami', '--server', `http://127.0.0.1:${port}`], { nodeOptions });
  const end = ended(asking);
  await once(silent, 'request');
  asking.kill('SIGTERM');
  expect(await end).toMatchObject({ signal: 'SIGTERM' });
  silent.close();
});

test('it runs where npm installs packages, in which Node runs no TypeScript', async () => {
  const modules = join(scratch, 'node_modules');
  const folder = join(modules, 'vigia');
  mkdirSync(folder, { recursive: true });
  for (const name of ['cli', 'lib', 'package.json']) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  for (const name of ['node', 'zod', 'yaml']) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  expect(await ended(start(['help'], { folder }))).toMatchObject({ code: 0, stderr: '' });
});
