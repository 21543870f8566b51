import { spawn } from 'node:child_process';
import { isatty } from 'node:tty';
import { root } from './project.mjs';

/** Somebody ended the command while a program ran: nothing more is started, and the launcher leaves the same way. */
export class Interrupted extends Error {
  constructor(signal) {
    super(signal);
    this.signal = signal;
  }
}

/**
 * Runs a program to its end; resolves with its exit code (null when a signal or the time limit ended it) and its output,
 * which is empty when `live` shows it instead.
 */
export async function run(file, args, { env, live = false, timeoutMs } = {}) {
  const output = [];
  // With a time limit the program leads a group of its own, so that what it started ends with it.
  const ownGroup = timeoutMs !== undefined;
  const stdio = live ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'];
  const child = spawn(file, args, { cwd: root, env, stdio, detached: ownGroup });
  child.stdout?.on('data', (chunk) => output.push(chunk));
  child.stderr?.on('data', (chunk) => output.push(chunk));
  const end = (signal) => (ownGroup ? process.kill(-child.pid, signal) : child.kill(signal));
  const timer = ownGroup && setTimeout(() => end('SIGKILL'), timeoutMs);
  const { code, forwarded } = await ended(child, ownGroup ? end : undefined);
  clearTimeout(timer);
  if (forwarded) throw new Interrupted(forwarded);
  return { code, output: Buffer.concat(output).toString() };
}

/**
 * Waits for a child and passes on the signals that ask to end. On a terminal Ctrl-C reaches the whole group by itself,
 * so it is only waited out here.
 */
export function ended(child, end) {
  let forwarded;
  const atTerminal = isatty(0) && end === undefined;
  const pass = (signal) => {
    forwarded ??= signal;
    if (signal === 'SIGINT' && atTerminal) return;
    if (end === undefined) child.kill(signal);
    else end(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, pass);
  return new Promise((resolve) => {
    const settle = (result) => {
      for (const signal of signals) process.removeListener(signal, pass);
      resolve({ ...result, forwarded });
    };
    child.once('error', () => settle({ code: 127, signal: null }));
    child.once('close', (code, signal) => settle({ code, signal }));
  });
}
