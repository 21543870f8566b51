import { appendFileSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { at, calls, callsOf, program, projectForEachTest, put, vigia } from './support/launcher-project.ts';

projectForEachTest();

test('the first start installs and builds, the second does neither', async () => {
  const first = await vigia('start', { args: ['--flag'] });
  expect(first).toMatchObject({ code: 0, stdout: 'runtime --flag production\n' });
  expect(first.stderr).toBe('Installing npm packages…\nBuilding the pages…\n');
  expect(calls()).toEqual(['npm ci --no-audit --no-fund --include=dev', 'next build']);

  const second = await vigia('start');
  expect(second).toMatchObject({ code: 0, stdout: 'runtime  production\n', stderr: '' });
  expect(calls()).toHaveLength(2);
});

test('what roles load is compiled before the first start, and when it has changed', async () => {
  put(
    'scripts/compile.ts',
    "import { appendFileSync } from 'node:fs'; appendFileSync('calls', 'compile ' + process.env.NODE_COMPILE_CACHE + '\\n');",
  );
  put('runtime/role.ts', 'a role');
  await vigia('start');
  await vigia('start');
  expect(callsOf('compile')).toEqual([`compile ${at('node_modules', '.cache', 'vigia-compiled')}`]);
  appendFileSync(at('runtime', 'role.ts'), ' more');
  await vigia('start');
  expect(callsOf('compile')).toHaveLength(2);
});

test('a failure to compile ahead keeps nothing from starting', async () => {
  put('scripts/compile.ts', 'process.exitCode = 1;');
  expect(await vigia('start')).toMatchObject({ code: 0, stdout: 'runtime  production\n' });
});

test('a changed lock file installs the packages again, once', async () => {
  await vigia('dev');
  put('package-lock.json', '{ "changed": true }');
  await vigia('dev');
  await vigia('dev');
  expect(callsOf('npm')).toHaveLength(2);
});

test('npm does not run with the Node that it replaces', async () => {
  program('path/npm', `echo "$OUTER_PATH" >>${at('calls')}; exit 1`);
  put('path/npm', readFileSync(at('path', 'npm'), 'utf8').replace('PATH=', 'OUTER_PATH=$PATH; PATH='));
  await vigia('start');
  expect(calls().at(-1)).toBe(at('path'));
});

test('what npm says is shown when it fails, and the next start tries again', async () => {
  const failed = await vigia('start', { env: { FAKE_NPM_FAILS: '1' } });
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain('npm says why\nnpm could not install the packages (npm ci ended with code 3');
  expect(await vigia('start')).toMatchObject({ code: 0 });
  expect(callsOf('npm')).toHaveLength(2);
});

test('a machine without npm gets one line', async () => {
  await rm(at('path', 'npm'));
  const { code, stderr } = await vigia('start');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^npm is missing: .+\n$/);
});

test('only changed sources are built, and tests are no source', async () => {
  await vigia('start');
  put('lib/number.test.ts', 'a test');
  await vigia('start');
  expect(callsOf('next')).toHaveLength(1);
  appendFileSync(at('lib', 'number.ts'), ' more');
  await vigia('start');
  expect(callsOf('next')).toHaveLength(2);
});

test('a failed build stops the start, and is not taken for a build later', async () => {
  expect(await vigia('start', { env: { FAKE_FAILING: 'next' } })).toMatchObject({ code: 1, stdout: '' });
  expect(await vigia('start')).toMatchObject({ code: 0, stdout: 'runtime  production\n' });
});

test('dev starts without a build', async () => {
  expect(await vigia('dev')).toMatchObject({ code: 0, stdout: 'runtime --dev development\n' });
  expect(callsOf('next')).toEqual([]);
});

test('bench builds, and gets its arguments', async () => {
  expect(await vigia('bench', { args: ['--json'] })).toMatchObject({ code: 0, stdout: 'bench --json\n' });
  expect(callsOf('next')).toEqual(['next build']);
});

test('a Node that is too old gets one line', async () => {
  const old = "Object.defineProperty(process,'versions',{value:{node:'16.20.0'}})";
  const { code, stderr } = await vigia('start', { nodeOptions: ['--import', `data:text/javascript,${old}`] });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^Vigia needs Node 18 or newer, .+\n$/);
});

test('a word that is no command gets one line', async () => {
  expect(await vigia('strat')).toMatchObject({
    code: 1,
    stderr: 'Usage: node scripts/vigia.mjs start|dev|reset-password|test|bench\n',
  });
});
