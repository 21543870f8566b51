import { existsSync } from 'node:fs';
import { installBrowser } from './browser.mjs';
import { compile, requireBuild } from './build.mjs';
import { check } from './checks.mjs';
import { handOver } from './hand-over.mjs';
import { projectEnvironment } from './machine.mjs';
import { needsOf } from './needs.mjs';
import { installNpmPackages } from './npm-packages.mjs';
import { bin, inProject } from './project.mjs';
import { Interrupted } from './run.mjs';
import { Stop, say } from './say.mjs';
import { installSystemPackages } from './system-packages.mjs';

/** As the program starts its roles: with a small young generation, and with compiled code that is kept between starts. */
const PROGRAM = ['--max-semi-space-size=1', 'runtime/main.ts'];
const NODE_COMPILE_CACHE = inProject('node_modules', '.cache', 'vigia-compiled');

const COMMANDS = {
  async start(args) {
    await install('start');
    await requireBuild();
    const env = projectEnvironment({ NODE_COMPILE_CACHE, NODE_ENV: 'production' });
    await compile(env);
    await handOver(bin('node'), [...PROGRAM, ...args], env);
  },
  async dev(args) {
    await install('dev');
    const env = projectEnvironment({ NODE_COMPILE_CACHE, NODE_ENV: 'development' });
    await handOver(bin('node'), [...PROGRAM, '--dev', ...args], env);
  },
  /** Beside a Vigia that runs: nothing is installed under it. */
  async 'reset-password'(args) {
    if (!existsSync(bin('node'))) throw new Stop('Vigia has never been started here: npm start');
    await handOver(bin('node'), ['runtime/reset-password.ts', ...args], projectEnvironment());
  },
  async test(args) {
    await install('test');
    await check(args, await installBrowser());
  },
  async bench(args) {
    await install('bench');
    const PLAYWRIGHT_CHROMIUM = await installBrowser();
    await requireBuild();
    await compile(projectEnvironment({ NODE_COMPILE_CACHE, NODE_ENV: 'production' }));
    const env = projectEnvironment({ NODE_ENV: 'production', PLAYWRIGHT_CHROMIUM });
    await handOver(bin('node'), ['bench/main.ts', ...args], env);
  },
};

/** The machine's programs come first: what is missing there shows before minutes of installing. */
async function install(command) {
  await installSystemPackages(needsOf(command));
  await installNpmPackages();
}

export async function main([name, ...args]) {
  try {
    if (!Object.hasOwn(COMMANDS, name))
      throw new Stop(`Usage: node scripts/vigia.mjs ${Object.keys(COMMANDS).join('|')}`);
    await COMMANDS[name](args);
  } catch (error) {
    if (error instanceof Interrupted) process.kill(process.pid, error.signal);
    else if (error instanceof Stop) {
      say(error.message);
      process.exitCode = 1;
    } else throw error;
  }
}
