import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const VIGIA = join(import.meta.dirname, '..', '..', 'cli', 'vigia.js');
const AT_TERMINAL = join(import.meta.dirname, 'at-terminal.py');

export type CliSettings = {
  /** The folder of its settings. */
  config: string;
  env?: Record<string, string>;
  /** On a terminal: what is typed when something has been shown. */
  typing?: readonly (readonly [shown: string, typed: string])[] | undefined;
};

type CliEnded = { code: number | null; stdout: string; stderr: string };

/** The real command as a process, with credentials of its own. */
export class CliProcess {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly ended: Promise<CliEnded>;
  /** What it has written so far. */
  stdout = '';
  stderr = '';

  constructor({ config, env = {}, typing }: CliSettings, args: readonly string[], input = '') {
    const { PATH } = process.env;
    const [file = '', ...rest] =
      typing === undefined ? [VIGIA, ...args] : ['python3', AT_TERMINAL, JSON.stringify(typing), VIGIA, ...args];
    this.child = spawn(file, rest, {
      env: { PATH, HOME: dirname(config), NODE_ENV: 'production', XDG_CONFIG_HOME: config, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      this.stdout += chunk;
    });
    this.child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      this.stderr += chunk;
    });
    // One that does not read its input may be gone before it is written.
    this.child.stdin.on('error', () => {}).end(input);
    this.ended = once(this.child, 'close').then(([code]) => ({ code, stdout: this.stdout, stderr: this.stderr }));
  }

  /** Resolves when it has written this. */
  async said(wanted: string | RegExp, stream: 'stdout' | 'stderr' = 'stdout'): Promise<void> {
    const isThere = () => (typeof wanted === 'string' ? this[stream].includes(wanted) : wanted.test(this[stream]));
    const ended = this.ended.then((end) => {
      if (!isThere()) throw new Error(`It has ended without saying ${wanted}: ${JSON.stringify(end)}`);
    });
    while (!isThere()) await Promise.race([once(this.child[stream], 'data'), ended]);
  }
}
