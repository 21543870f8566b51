import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';
import { inProject } from './project.mjs';

/**
 * The PATH without what npm puts in front of it: from there `node` would be the pinned one, inside the very folder
 * that `npm ci` deletes.
 */
function machinePath() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.filter((folder) => folder !== '' && !/[\\/](node_modules[\\/]\.bin|node-gyp-bin)[\\/]?$/.test(folder));
}

/** The absolute path of a program of the machine, or undefined. A name with a slash is a path already. */
export function findProgram(name) {
  const candidates = name.includes(sep) ? [name] : machinePath().map((folder) => join(folder, name));
  return candidates.find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

const FROM_NPM_RUN = /^(npm_(lifecycle|package)_.*|npm_(command|execpath|node_execpath)|npm_config_loglevel|INIT_CWD)$/;

/** The environment as it was before `npm start` added to it. */
export function machineEnvironment() {
  const entries = Object.entries(process.env).filter(([name]) => !FROM_NPM_RUN.test(name));
  return { ...Object.fromEntries(entries), PATH: machinePath().join(delimiter) };
}

/** What programs of the project run with: the pinned Node and the other npm programs come first in PATH. */
export function projectEnvironment(extra = {}) {
  const env = machineEnvironment();
  const PATH = [inProject('node_modules', '.bin'), env.PATH].join(delimiter);
  return { ...env, PATH, NEXT_TELEMETRY_DISABLED: '1', ...extra };
}
