import { spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  at,
  callsOf,
  finished,
  launch,
  program,
  projectForEachTest,
  put,
  said,
  vigia,
} from './support/launcher-project.ts';

projectForEachTest();

const withoutExecve = ['--import', 'data:text/javascript,process.execve=undefined'];

test.each([
  ['this Node', []],
  ['a Node that cannot replace its process', withoutExecve],
])('the exit code and SIGTERM pass through: %s', async (_, nodeOptions) => {
  expect(await vigia('dev', { env: { FAKE_CODE: '7' }, nodeOptions })).toMatchObject({ code: 7 });

  const child = launch('dev', { env: { FAKE_WAIT: '1' }, nodeOptions });
  const end = finished(child);
  await said(child, 'runtime');
  child.kill('SIGTERM');
  expect(await end).toMatchObject({ code: 5, stdout: 'runtime --dev development\nstopped by SIGTERM\n' });
});

test('npm passes SIGTERM on to what it started', async () => {
  const npm = process.env.PATH?.split(':').find((folder) => existsSync(join(folder, 'npm')));
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  put('package.json', JSON.stringify({ type: 'module', scripts }));
  const child = spawn(process.execPath, [realpathSync(`${npm}/npm`), 'run', '--silent', 'dev'], {
    cwd: at(),
    env: { ...process.env, PATH: `${at('path')}:${process.env.PATH}`, FAKE_WAIT: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = finished(child);
  await said(child, 'runtime');
  child.kill('SIGTERM');
  expect(await end).toMatchObject({ stdout: 'runtime --dev development\nstopped by SIGTERM\n' });
});

test('SIGTERM during the installation ends npm and the launcher', async () => {
  program('path/npm', 'exec sleep 60');
  const child = launch('start');
  const end = finished(child);
  await said(child, 'Installing');
  child.kill('SIGTERM');
  expect(await end).toMatchObject({ signal: 'SIGTERM' });
});

test('a second command waits for the installation of the first, and need not repeat it', async () => {
  const go = at('go');
  const install = readFileSync(at('path', 'npm'), 'utf8');
  program('path/npm', `until [ -e ${go} ]; do sleep 0.05; done\n${install}`);
  const first = launch('start');
  const firstEnd = finished(first);
  await said(first, 'Installing');
  const second = launch('start');
  const secondEnd = finished(second);
  await said(second, `Another Vigia command (process ${first.pid}) is installing or building here`);
  writeFileSync(go, '');
  expect(await firstEnd).toMatchObject({ code: 0 });
  expect(await secondEnd).toMatchObject({ code: 0 });
  expect(callsOf('next')).toHaveLength(1);
  expect(existsSync(at('.vigia', 'setup', 'lock'))).toBe(false);
});

test('a lock whose process is gone, or whose pid is another process by now, holds nobody up', async () => {
  for (const owner of ['999999999 1', `${process.pid} 1`]) {
    put('.vigia/setup/lock', owner);
    await rm(at('node_modules'), { recursive: true, force: true });
    expect(await vigia('start')).toMatchObject({ code: 0 });
  }
});
