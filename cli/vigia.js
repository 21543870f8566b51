#!/usr/bin/env node
// Runs on whatever Node 18 or newer the machine has, and goes on with the Node that Vigia brings along, which runs
// TypeScript. Plain JavaScript without dependencies, like the scripts behind `npm start`.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const preparation = new URL('./prepare-node.js', import.meta.url);
const main = fileURLToPath(new URL('./main.ts', import.meta.url));

const args = ['--disable-warning=ExperimentalWarning', '--import', preparation.href, main, ...process.argv.slice(2)];
const node = pinnedNode();
if (node === undefined) {
  process.stderr.write('vigia: the packages that it needs are not installed: run "npm ci" in its folder.\n');
  process.exitCode = 70;
} else if (typeof process.execve === 'function') {
  process.execve(node, [node, ...args]);
} else {
  await runTo(node);
}

function pinnedNode() {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', 'node');
  } catch {
    return undefined;
  }
}

/** Leaves as the program leaves. A terminal sends Ctrl-C to both, so it is only waited out here. */
async function runTo(file) {
  const child = spawn(file, args, { stdio: 'inherit' });
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const { code, signal } = await new Promise((resolve) => {
    child.once('error', (error) => {
      process.stderr.write(`vigia: ${file} does not start: ${error.message}\n`);
      resolve({ code: 70, signal: null });
    });
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name);
  if (signal === null) process.exitCode = code;
  else process.kill(process.pid, signal);
}
