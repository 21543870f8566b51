import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { inProject } from './project.mjs';
import { say } from './say.mjs';

const folder = inProject('.vigia', 'setup');
const lock = inProject('.vigia', 'setup', 'lock');

/** One command at a time installs or builds here; a second one waits, and finds the work done. */
export async function withLock(work) {
  await acquire();
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

async function acquire() {
  mkdirSync(folder, { recursive: true });
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, identity(process.pid));
  try {
    for (let told = false; !linked(mine); await wait(100)) {
      const owner = read(lock);
      if (owner !== undefined && !isAlive(owner)) removeStale(owner);
      else if (owner !== undefined && !told) {
        say(`Another Vigia command (process ${parseInt(owner, 10)}) is installing or building here: waiting for it…`);
        told = true;
      }
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** A hard link appears with its content, and fails when the name is taken. */
function linked(mine) {
  try {
    linkSync(mine, lock);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Moved aside and looked at again: another command may have replaced the stale lock in the meantime. */
function removeStale(owner) {
  const aside = `${lock}.${process.pid}.stale`;
  try {
    renameSync(lock, aside);
    if (read(aside) !== owner) linkSync(aside, lock);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  }
  rmSync(aside, { force: true });
}

const isAlive = (owner) => identity(parseInt(owner, 10)) === owner;

/** A pid, and on Linux the time at which it started: pids are used again, above all in containers. */
function identity(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return undefined;
  }
  const stat = read(`/proc/${pid}/stat`);
  const started = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  return `${pid} ${started}`;
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
