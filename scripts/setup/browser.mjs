import { createRequire } from 'node:module';
import { findProgram, projectEnvironment } from './machine.mjs';
import { bin, inProject } from './project.mjs';
import { run } from './run.mjs';
import { Stop, say } from './say.mjs';
import { installSystemPackages } from './system-packages.mjs';

const NAMES = ['/usr/bin/chromium', 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const DOWNLOAD_LIMIT_MS = 90_000;

/** The path of a Chromium that starts: the machine's, Playwright's, or one that is installed now. */
export async function installBrowser() {
  const chosen = process.env.PLAYWRIGHT_CHROMIUM;
  if (chosen) {
    if (findProgram(chosen) !== undefined) return chosen;
    throw new Stop(`PLAYWRIGHT_CHROMIUM is ${chosen}, which is not a program here: correct it, or leave it out.`);
  }
  return (await onTheMachine()) ?? (await ofPlaywright()) ?? (await fromPackageManager());
}

async function onTheMachine() {
  for (const name of NAMES) {
    const path = findProgram(name);
    if (path !== undefined && (await starts(path))) return path;
  }
  return undefined;
}

async function ofPlaywright() {
  const path = createRequire(inProject('package.json'))('playwright').chromium.executablePath();
  if (await starts(path)) return path;
  say('Downloading Chromium for the browser tests…');
  // Behind a firewall the download neither arrives nor fails.
  const options = { env: projectEnvironment(), timeoutMs: DOWNLOAD_LIMIT_MS };
  await run(bin('playwright'), ['install', '--no-shell', 'chromium'], options);
  return (await starts(path)) ? path : undefined;
}

async function fromPackageManager() {
  let path;
  const isHere = async () => {
    path = await onTheMachine();
    return path !== undefined;
  };
  const byHand = 'install Chromium with the tools of your system, or set PLAYWRIGHT_CHROMIUM to its path';
  await installSystemPackages([{ id: 'chromium', name: 'chromium', isHere, byHand }]);
  return path;
}

/** A browser without its libraries, or a stand-in that only points to a shop, is there but does not start. */
async function starts(path) {
  if (findProgram(path) === undefined) return false;
  return (await run(path, ['--version'], { timeoutMs: 20_000 })).code === 0;
}
