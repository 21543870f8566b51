import { writeSync } from 'node:fs';

/** One line about what happens now. On stderr: stdout belongs to the program that is started. */
export function say(line) {
  write(2, `${line}\n`);
}

/** Written at once and not through `process.stdout`, which would leave buffered text behind when the process is replaced. */
export function write(descriptor, text) {
  try {
    writeSync(descriptor, text);
  } catch (error) {
    if (error.code !== 'EAGAIN' && error.code !== 'EPIPE') throw error;
  }
}

/** The command cannot go on, and the message says what to do: shown as one line, without a stack. */
export class Stop extends Error {}
