import { existsSync } from 'node:fs';
import { findProgram } from './machine.mjs';
import { run } from './run.mjs';
import { Stop } from './say.mjs';

const given = (name) => (process.env[name] ?? '').trim();

/** Programs of the machine that a command needs; `optional` names what is lost where one cannot be had. */
export function needsOf(command) {
  if (command === 'test' || command === 'bench') return [redis, python, { ...psutil, optional: psutil.without }];
  const needs = [];
  if (!hasOwnRedis()) needs.push(redis);
  needs.push(hasPythonFunction() ? python : { ...python, optional: python.without });
  return needs;
}

const redis = {
  id: 'redis',
  name: 'redis-server',
  isHere: () => (findProgram('redis-server') ?? findProgram('valkey-server')) !== undefined,
  byHand: 'install Redis 6.2 or newer with the tools of your system, or set REDIS_URL to one that runs',
};

const python = {
  id: 'python',
  name: 'python3',
  isHere: () => {
    const chosen = given('PYTHON');
    if (chosen !== '' && findProgram(chosen) === undefined) {
      throw new Stop(`PYTHON is ${chosen}, which is not a program on this machine: correct it, or leave it out.`);
    }
    return findProgram(chosen || 'python3') !== undefined;
  },
  byHand: 'install Python 3.9 or newer with the tools of your system, or set PYTHON to its path',
  without: 'Python functions cannot run until it is there',
};

const psutil = {
  id: 'psutil',
  name: 'python3-psutil',
  isHere: async () => {
    const pythons = ['python3', '/usr/bin/python3'].map(findProgram).filter((path) => path !== undefined);
    for (const path of pythons) {
      if ((await run(path, ['-c', 'import psutil'])).code === 0) return true;
    }
    return false;
  },
  byHand: 'install psutil for Python 3 with the tools of your system',
  without: 'the tests that compare with it are skipped',
};

/** The same choice as lib/config/resolve-redis.ts makes: a Redis that is named is not embedded. */
function hasOwnRedis() {
  const named = ['REDIS_URL', 'REDIS_HOST', 'REDIS_IP'].some((name) => given(name) !== '');
  return named || (given('REDIS_PORT') !== '' && !given('REDIS_PORT').startsWith('tcp://'));
}

/** As runtime/functions/declared/single-file.ts chooses the function. */
function hasPythonFunction() {
  const path = given('FUNCTION_PATH') || given('PYFILE_PATH');
  const language = given('FUNCTION_LANGUAGE');
  if (path !== '') return language === '' ? path.endsWith('.py') : language === 'python';
  if (given('PYFILE') !== '') return language === '' || language === 'python';
  return existsSync('/opt/usermodule.py');
}
