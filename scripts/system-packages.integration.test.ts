import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { at, callsOf, packageManager, projectForEachTest, sudo, vigia } from './support/launcher-project.ts';

projectForEachTest();

const isRoot = process.getuid?.() === 0;

test('a missing redis-server is installed under its name', async () => {
  await rm(at('path', 'redis-server'));
  packageManager('apt-get', { 'redis-server': 'redis-server' });
  sudo();
  const { code, stderr } = await vigia('start');
  expect(code).toBe(0);
  expect(stderr).toContain('Installing redis-server with apt-get…\n');
  expect(callsOf('apt-get').at(-1)).toMatch(/ install -y --no-install-recommends redis-server$/);
  const installs = callsOf('apt-get').length;
  await vigia('start');
  expect(callsOf('apt-get')).toHaveLength(installs);
});

test('the next name is tried where a distribution has Valkey instead', async () => {
  await rm(at('path', 'redis-server'));
  packageManager('dnf', { valkey: 'valkey-server' });
  sudo();
  expect(await vigia('start')).toMatchObject({ code: 0 });
  expect(callsOf('dnf')).toEqual(['dnf install -y redis', 'dnf install -y valkey']);
});

test('without a package manager one line says what to do', async () => {
  await rm(at('path', 'redis-server'));
  const { code, stdout, stderr } = await vigia('start');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(
    /^redis-server is missing and cannot be installed from here: install Redis .+ or set REDIS_URL .+\n$/,
  );
  expect(callsOf('npm')).toEqual([]);
});

test('a failed installation says the command and the reason', async () => {
  await rm(at('path', 'redis-server'));
  packageManager('apt-get', {});
  sudo();
  const { code, stderr } = await vigia('start');
  expect(code).toBe(1);
  expect(stderr.trimEnd().split('\n').pop()).toBe(
    'redis-server is missing and "apt-get install -y --no-install-recommends redis-server" failed (E: Unable to locate): ' +
      'install Redis 6.2 or newer with the tools of your system, or set REDIS_URL to one that runs.',
  );
});

test.skipIf(isRoot)('without root or sudo one line says the command', async () => {
  await rm(at('path', 'redis-server'));
  packageManager('apt-get', { 'redis-server': 'redis-server' });
  const { code, stderr } = await vigia('start');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^redis-server is missing and only root can install it: run "sudo apt-get install .+"\.\n$/);
});

test.each([
  ['REDIS_URL', 'redis://somewhere:6379', true],
  ['REDIS_HOST', 'somewhere', true],
  ['REDIS_IP', '10.0.0.1', true],
  ['REDIS_PORT', '6380', true],
  ['REDIS_PORT', 'tcp://10.0.0.1:6379', false],
  ['REDIS_HOST', '', false],
])('%s=%s: a Redis of its own is chosen: %s', async (name, value, chosen) => {
  await rm(at('path', 'redis-server'));
  expect(await vigia('dev', { env: { [name]: value } })).toMatchObject({ code: chosen ? 0 : 1 });
});

test.each([
  [{ FUNCTION_PATH: 'handler.py' }],
  [{ PYFILE_PATH: '/code/handler.py' }],
  [{ PYFILE: 'def handler(input, context): return {}' }],
  [{ FUNCTION_PATH: 'handler', FUNCTION_LANGUAGE: 'python' }],
])('a Python function needs python3: %o', async (env) => {
  await rm(at('path', 'python3'));
  const { code, stderr } = await vigia('start', { env });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^python3 is missing and cannot be installed from here: install Python 3\.9 or newer .+\n$/);
});

test.each([
  [{}],
  [{ FUNCTION_PATH: 'handler.ts' }],
  [{ PYFILE: 'export const handler = …', FUNCTION_LANGUAGE: 'javascript' }],
])('another function goes on without python3: %o', async (env) => {
  await rm(at('path', 'python3'));
  const { code, stderr } = await vigia('dev', { env });
  expect(code).toBe(0);
  expect(stderr.split('\n')[0]).toMatch(
    /^python3 is missing .+ Going on without it: Python functions cannot run until it is there\.$/,
  );
});

test('what is not needed is tried once a day, not at each start', async () => {
  await rm(at('path', 'python3'));
  packageManager('apt-get', {});
  sudo();
  await vigia('dev');
  const tries = callsOf('apt-get').length;
  expect(tries).toBeGreaterThan(0);
  const { code, stderr } = await vigia('dev');
  expect(code).toBe(0);
  expect(stderr).toMatch(/^python3 is missing .+\n$/);
  expect(callsOf('apt-get')).toHaveLength(tries);
});

test('PYTHON that is not a program is named', async () => {
  const { code, stderr } = await vigia('start', { env: { PYTHON: '/nowhere/python3' } });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^PYTHON is \/nowhere\/python3, .+\n$/);
});

test('tests and benchmarks need python3 whatever the function is', async () => {
  await rm(at('path', 'python3'));
  for (const command of ['test', 'bench']) expect(await vigia(command)).toMatchObject({ code: 1, stdout: '' });
});
