import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

/*
 * The launcher as it is, in a small project of its own. Stand-ins for the machine's programs (npm, apt-get, …) note each
 * call in `calls`, and "install" by writing an executable into the only folder of PATH.
 */

let project: string;

export const at = (...names: string[]) => join(project, ...names);
export const calls = () => (existsSync(at('calls')) ? readFileSync(at('calls'), 'utf8').trim().split('\n') : []);
export const callsOf = (program: string) => calls().filter((call) => call.split(' ')[0] === program);

export function put(path: string, text: string): void {
  mkdirSync(join(at(path), '..'), { recursive: true });
  writeFileSync(at(path), text);
}

/** An executable that notes its call and then runs `script`. It gets the system's PATH for that. */
export function program(path: string, script = ''): void {
  const name = path.split('/').pop();
  put(path, `#!/bin/sh\nPATH=/usr/bin:/bin\necho "${name} $*" >>"${at('calls')}"\n${script}\n`);
  chmodSync(at(path), 0o755);
}

/** A package manager that knows some packages, each with the program that it brings. */
export function packageManager(name: string, packages: Record<string, string>): void {
  const cases = Object.entries(packages).map(
    ([title, brings]) => `*${title}) printf '#!/bin/sh\\n' >${at('path', brings)}; chmod 755 ${at('path', brings)};;`,
  );
  program(
    `path/${name}`,
    `case "$*" in *update) ;; ${cases.join('\n')}\n*) echo "E: Unable to locate"; exit 100;; esac`,
  );
}

/** Without sudo nothing can be installed by an ordinary user, with this one everything can. */
export function sudo(): void {
  program('path/sudo', `[ "$1" = -n ] && shift; PATH="${at('path')}:$PATH" exec "$@"`);
}

const RUNTIME = `
  if (process.env.FAKE_WAIT) {
    process.on('SIGTERM', () => { console.log('stopped by SIGTERM'); process.exit(5); });
    setTimeout(() => process.exit(9), 15_000);
  } else process.exitCode = Number(process.env.FAKE_CODE ?? 0);
  console.log('runtime', process.argv.slice(2).join(' '), process.env.NODE_ENV);
`;

const VITEST = `
  const [, , ...words] = process.argv;
  const at = words.find((word) => word.startsWith('--outputFile.json=')).split('=')[1];
  if (process.env.FAKE_REPORT) require('node:fs').writeFileSync(at, process.env.FAKE_REPORT);
  console.log('browser', process.env.PLAYWRIGHT_CHROMIUM);
  process.exitCode = Number(process.env.FAKE_VITEST_CODE ?? 0);
`;

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

/** A new project for each test of a file. */
export function projectForEachTest(): void {
  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), 'vigia-launcher-'));
    cpSync(new URL('../vigia.mjs', import.meta.url), at('scripts', 'vigia.mjs'));
    cpSync(new URL('../setup', import.meta.url), at('scripts', 'setup'), { recursive: true });
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
}

type Options = { env?: Record<string, string>; nodeOptions?: string[]; args?: string[] };

export function launch(command: string, { env = {}, nodeOptions = [], args = [] }: Options = {}): ChildProcess {
  // As npm does it: the project's own programs come first.
  const PATH = `${at('node_modules', '.bin')}:${at('path')}`;
  return spawn(process.execPath, [...nodeOptions, 'scripts/vigia.mjs', command, ...args], {
    cwd: project,
    env: { PATH, NODE_ENV: 'test', PLAYWRIGHT_CHROMIUM: at('path', 'chromium'), TMPDIR: tmpdir(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export async function finished(child: ChildProcess) {
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

export const vigia = (command: string, options?: Options) => finished(launch(command, options));

export async function said(child: ChildProcess, text: string): Promise<void> {
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
