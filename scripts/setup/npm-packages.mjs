import { existsSync } from 'node:fs';
import { withLock } from './lock.mjs';
import { findProgram, machineEnvironment } from './machine.mjs';
import { bin } from './project.mjs';
import { run } from './run.mjs';
import { Stop, say, write } from './say.mjs';
import { contentHash, Stamp } from './stamp.mjs';

const stamp = new Stamp('node_modules', '.vigia-packages');

/** Another system or architecture needs other binaries, also when it shares this folder. */
const wanted = () => `${process.platform} ${process.arch} ${contentHash(['package-lock.json'])}`;

const isCurrent = () => existsSync(bin('node')) && stamp.matches(wanted());

/** Runs `npm ci` when the packages in node_modules are not those of package-lock.json. */
export async function installNpmPackages() {
  if (isCurrent()) return;
  await withLock(async () => {
    if (!isCurrent()) await install();
  });
}

async function install() {
  const npm = findProgram('npm');
  if (npm === undefined)
    throw new Stop('npm is missing: install it with your Node (https://nodejs.org), then try again.');
  say('Installing npm packages…');
  stamp.remove();
  const hash = wanted();
  // The build and the tests need the development packages, whatever NODE_ENV says.
  const args = ['ci', '--no-audit', '--no-fund', '--include=dev'];
  const { code, output } = await run(npm, args, { env: machineEnvironment() });
  if (code !== 0) {
    write(2, output);
    throw new Stop(`npm could not install the packages (npm ci ended with code ${code}; what it says is above).`);
  }
  await checkPinnedNode(output);
  stamp.write(hash);
}

async function checkPinnedNode(output) {
  if (!existsSync(bin('node'))) {
    write(2, output);
    throw new Stop('npm did not install the "node" package: its install script must run, so turn ignore-scripts off.');
  }
  const { code } = await run(bin('node'), ['--version']);
  if (code !== 0)
    throw new Stop('The Node that npm installed does not run here: Vigia needs Linux with glibc, or macOS.');
}
