import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { isatty } from 'node:tty';
import { withLock } from './lock.mjs';
import { findProgram, machineEnvironment } from './machine.mjs';
import { PACKAGE_MANAGERS } from './package-managers.mjs';
import { inProject } from './project.mjs';
import { run } from './run.mjs';
import { Stop, say } from './say.mjs';

const DAY_MS = 86_400_000;

/** Installs those of the needs that the machine lacks; stops with what to do about one that cannot be had. */
export async function installSystemPackages(needs) {
  for (const need of needs) {
    if (await need.isHere()) continue;
    const problem = need.optional ? await tryOnceADay(need) : await withLock(() => install(need));
    if (problem === undefined) continue;
    if (!need.optional) throw new Stop(`${problem}.`);
    say(`${problem}. Going on without it: ${need.optional}.`);
  }
}

/** Without a network every try costs its time-outs, which nobody wants at each start for something that is not needed. */
async function tryOnceADay(need) {
  const failure = inProject('.vigia', 'setup', `failed-${need.id}`);
  if (existsSync(failure) && Date.now() - statSync(failure).mtimeMs < DAY_MS) return readFileSync(failure, 'utf8');
  const problem = await withLock(() => install(need));
  if (problem !== undefined) {
    mkdirSync(inProject('.vigia', 'setup'), { recursive: true });
    writeFileSync(failure, problem);
  }
  return problem;
}

/** Undefined when the need is here afterwards, else one sentence with what to do. */
async function install(need) {
  if (await need.isHere()) return undefined;
  const manager = PACKAGE_MANAGERS.find(({ program }) => findProgram(program) !== undefined);
  const names = manager?.packages[need.id];
  if (names === undefined) return `${need.name} is missing and cannot be installed from here: ${need.byHand}`;
  const asRoot = manager.withoutRoot ? [] : await rootPrefix({ mayAsk: !need.optional });
  const command = [manager.program, ...manager.install, names[0]].join(' ');
  if (asRoot === undefined) return `${need.name} is missing and only root can install it: run "sudo ${command}"`;

  if (manager.mustRefresh?.()) await refresh(manager, asRoot);
  let failure = await installOneOf(names, need, manager, asRoot);
  if (failure !== undefined && (await refresh(manager, asRoot))) {
    failure = await installOneOf(names, need, manager, asRoot);
  }
  if (failure !== undefined) return `${need.name} is missing and "${command}" failed (${failure}): ${need.byHand}`;
  await tidyUp(manager.afterwards?.[need.id], asRoot);
  return undefined;
}

/** Why the first name, the usual one, could not be installed; undefined when one of them could. */
async function installOneOf(names, need, manager, asRoot) {
  let failure;
  for (const name of names) {
    say(`Installing ${name} with ${manager.program}…`);
    const { code, output } = await request(manager, asRoot, [...manager.install, name]);
    if (code === 0 && (await need.isHere())) return undefined;
    failure ??= code === 0 ? 'it does not start' : (lastLine(output) ?? `code ${code}`);
  }
  return failure;
}

const refreshed = new Set();

/** False when there is nothing to refresh, or that was done. */
async function refresh(manager, asRoot) {
  if (manager.refresh === undefined || refreshed.has(manager.program)) return false;
  refreshed.add(manager.program);
  say(`Refreshing the package lists of ${manager.program}…`);
  await request(manager, asRoot, manager.refresh);
  return true;
}

async function request(manager, asRoot, args) {
  const command = [manager.program, ...(manager.options ?? []), ...args];
  return runAsRoot(manager.env === undefined ? command : ['env', ...manager.env, ...command], asRoot);
}

async function tidyUp(command, asRoot) {
  if (command !== undefined && findProgram(command[0]) !== undefined) await runAsRoot(command, asRoot);
}

async function runAsRoot(command, asRoot) {
  const [file, ...args] = [...asRoot, ...command];
  return run(file, args, { env: machineEnvironment() });
}

/** Words in front of a command that make it run as root; undefined when that is not possible. */
async function rootPrefix({ mayAsk }) {
  if (process.getuid?.() === 0) return [];
  const sudo = findProgram('sudo');
  if (sudo === undefined) return undefined;
  if ((await run(sudo, ['-n', 'true'])).code === 0) return [sudo, '-n'];
  return mayAsk && isatty(0) && isatty(2) ? [sudo] : undefined;
}

function lastLine(output) {
  return output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .pop();
}
