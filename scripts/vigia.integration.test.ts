import { type ChildProcess, spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

/*
 * The launcher as it is, in a small project of its own. Stand-ins for the machine's programs (npm, apt-get, …) note each
 * call in `calls`, and "install" by writing an executable into the only folder of PATH.
 */

let project: string;

const at = (...names: string[]) => join(project, ...names);
const calls = () => (existsSync(at('calls')) ? readFileSync(at('calls'), 'utf8').trim().split('\n') : []);
const callsOf = (program: string) => calls().filter((call) => call.split(' ')[0] === program);

function put(path: string, text: string): void {
  mkdirSync(join(at(path), '..'), { recursive: true });
  writeFileSync(at(path), text);
}

/** An executable that notes its call and then runs `script`. It gets the system's PATH for that. */
function program(path: string, script = ''): void {
  const name = path.split('/').pop();
  put(path, `#!/bin/sh\nPATH=/usr/bin:/bin\necho "${name} $*" >>"${at('calls')}"\n${script}\n`);
  chmodSync(at(path), 0o755);
}

/** A package manager that knows some packages, each with the program that it brings. */
function packageManager(name: string, packages: Record<string, string>): void {
  const cases = Object.entries(packages).map(
    ([title, brings]) => `*${title}) printf '#!/bin/sh\\n' >${at('path', brings)}; chmod 755 ${at('path', brings)};;`,
  );
  program(
    `path/${name}`,
    `case "$*" in *update) ;; ${cases.join('\n')}\n*) echo "E: Unable to locate"; exit 100;; esac`,
  );
}

/** Without sudo nothing can be installed by an ordinary user, with this one everything can. */
function sudo(): void {
  program('path/sudo', `[ "$1" = -n ] && shift; PATH="${at('path')}:$PATH" exec "$@"`);
}

const RUNTIME = `
  console.log('runtime', process.argv.slice(2).join(' '), process.env.NODE_ENV);
  if (process.env.FAKE_WAIT) {
    process.on('SIGTERM', () => { console.log('stopped by SIGTERM'); process.exit(5); });
    setTimeout(() => process.exit(9), 15_000);
  } else process.exitCode = Number(process.env.FAKE_CODE ?? 0);
`;

const VITEST = `
  const [, , ...words] = process.argv;
  const at = words.find((word) => word.startsWith('--outputFile.json=')).split('=')[1];
  if (process.env.FAKE_REPORT) require('node:fs').writeFileSync(at, process.env.FAKE_REPORT);
  console.log('browser', process.env.PLAYWRIGHT_CHROMIUM);
  process.exitCode = Number(process.env.FAKE_VITEST_CODE ?? 0);
`;

function report(counts: { passed?: number; failed?: number; skipped?: number }, testResults: object[] = []): string {
  const { passed = 0, failed = 0, skipped = 0 } = counts;
  return JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: skipped,
    numTodoTests: 0,
    testResults,
  });
}

/** What `npm ci` leaves behind: the pinned Node (here the one that runs this test) and the project's programs. */
function npm(): void {
  const tools = at('tools');
  for (const tool of ['next', 'biome', 'tsc']) {
    program(`tools/${tool}`, `mkdir -p .next; case "$FAKE_FAILING" in *${tool}*) exit 1;; esac`);
  }
  put('tools/vitest.cjs', VITEST);
  program('tools/vitest', `exec "${process.execPath}" "${tools}/vitest.cjs" "$@"`);
  const install = `rm -rf node_modules; mkdir -p node_modules/.bin; ln -s ${process.execPath} node_modules/.bin/node
    ln -s ${tools}/next ${tools}/biome ${tools}/tsc ${tools}/vitest node_modules/.bin/`;
  program('path/npm', `${install}\n[ -z "$FAKE_NPM_FAILS" ] || { echo "npm says why"; exit 3; }`);
}

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'vigia-launcher-'));
  cpSync(new URL('vigia.mjs', import.meta.url), at('scripts', 'vigia.mjs'));
  cpSync(new URL('setup', import.meta.url), at('scripts', 'setup'), { recursive: true });
  put('package.json', '{ "type": "module" }');
  put('package-lock.json', '{}');
  put('app/page.tsx', 'page');
  put('lib/number.ts', 'one');
  put('runtime/main.ts', RUNTIME);
  put('bench/main.ts', "console.log('bench', process.argv.slice(2).join(' '));");
  npm();
  for (const name of ['redis-server', 'python3', 'chromium']) program(`path/${name}`);
  symlinkSync('/usr/bin/env', at('path', 'env'));
});

afterEach(() => rm(project, { recursive: true, force: true }));

type Options = { env?: Record<string, string>; nodeOptions?: string[]; args?: string[] };

function launch(command: string, { env = {}, nodeOptions = [], args = [] }: Options = {}): ChildProcess {
  // As npm does it: the project's own programs come first.
  const PATH = `${at('node_modules', '.bin')}:${at('path')}`;
  return spawn(process.execPath, [...nodeOptions, 'scripts/vigia.mjs', command, ...args], {
    cwd: project,
    env: { PATH, NODE_ENV: 'test', PLAYWRIGHT_CHROMIUM: at('path', 'chromium'), TMPDIR: tmpdir(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function finished(child: ChildProcess) {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.on('close', (...how) => resolve(how));
  });
  return { code, signal, stdout, stderr, lastLine: stdout.trimEnd().split('\n').pop() };
}

const vigia = (command: string, options?: Options) => finished(launch(command, options));

async function said(child: ChildProcess, text: string): Promise<void> {
  let output = '';
  await new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        output += chunk;
        if (output.includes(text)) resolve();
      });
    }
  });
}

const withoutExecve = ['--import', 'data:text/javascript,process.execve=undefined'];
const isRoot = process.getuid?.() === 0;

test('the first start installs and builds, the second does neither', async () => {
  const first = await vigia('start', { args: ['--flag'] });
  expect(first).toMatchObject({ code: 0, stdout: 'runtime --flag production\n' });
  expect(first.stderr).toBe('Installing npm packages…\nBuilding the pages…\n');
  expect(calls()).toEqual(['npm ci --no-audit --no-fund --include=dev', 'next build']);

  const second = await vigia('start');
  expect(second).toMatchObject({ code: 0, stdout: 'runtime  production\n', stderr: '' });
  expect(calls()).toHaveLength(2);
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
    cwd: project,
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

test('npm test runs everything, and ends with the sum', async () => {
  const { code, stdout, lastLine } = await vigia('test', { env: { FAKE_REPORT: report({ passed: 10, skipped: 2 }) } });
  expect({ code, lastLine }).toEqual({ code: 0, lastLine: '13 passed, 0 failed, 2 skipped' });
  expect(stdout).toContain(`browser ${at('path', 'chromium')}`);
  const steps = ['next build', 'biome check .', 'next typegen', 'tsc ', 'vitest run'];
  const seen = calls().filter((call) => !/^(npm|python3) /.test(call));
  expect(seen.map((call, index) => call.slice(0, steps[index]?.length))).toEqual(steps);
});

test('every step runs although one before it failed', async () => {
  const env = { FAKE_FAILING: 'next biome tsc', FAKE_REPORT: report({ passed: 1, failed: 1 }), FAKE_VITEST_CODE: '1' };
  expect(await vigia('test', { env })).toMatchObject({ code: 1, lastLine: '1 passed, 4 failed' });
});

test.each([
  ['no report', undefined, '1', '3 passed, 1 failed'],
  ['an unhandled error', report({ passed: 5 }), '1', '8 passed, 1 failed'],
  [
    'a suite without tests',
    report({ passed: 5 }, [{ status: 'failed', assertionResults: [] }]),
    '1',
    '8 passed, 1 failed',
  ],
  [
    'a suite whose test failed',
    report({ passed: 5, failed: 1 }, [{ status: 'failed', assertionResults: [{ status: 'failed' }] }]),
    '1',
    '8 passed, 1 failed',
  ],
])('a failure is counted once: %s', async (_, fakeReport, exitCode, expected) => {
  const env = { FAKE_VITEST_CODE: exitCode, ...(fakeReport === undefined ? {} : { FAKE_REPORT: fakeReport }) };
  expect(await vigia('test', { env })).toMatchObject({ code: 1, lastLine: expected });
});

test('arguments of npm test go to Vitest alone', async () => {
  const env = { FAKE_REPORT: report({ passed: 4 }) };
  const { code, lastLine } = await vigia('test', { env, args: ['lib/series'] });
  expect({ code, lastLine }).toEqual({ code: 0, lastLine: '4 passed, 0 failed' });
  expect(callsOf('vitest')[0]).toMatch(/^vitest run .+ lib\/series$/);
  expect([...callsOf('next'), ...callsOf('biome'), ...callsOf('tsc')]).toEqual([]);
});

test('a browser that is named and missing is an error', async () => {
  const { code, stderr } = await vigia('test', { env: { PLAYWRIGHT_CHROMIUM: '/nowhere/chromium' } });
  expect(code).toBe(1);
  expect(stderr).toContain('PLAYWRIGHT_CHROMIUM is /nowhere/chromium, which is not a program here');
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
    stderr: 'Usage: node scripts/vigia.mjs start|dev|test|bench\n',
  });
});
