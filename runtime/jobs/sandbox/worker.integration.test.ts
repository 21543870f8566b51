import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { uniqueSeconds, whoIsLeft } from './audit/left-behind.ts';
import { probeSandbox } from './probe-sandbox.ts';

const foldersOf = (pid: number | undefined): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('vigia-sandbox-') && name.includes(`-${pid}-`));

const run = promisify(execFile);
const program = resolve(import.meta.dirname, '../../..');
const ORDINARY = ['--reuid=12345', '--regid=12345', '--clear-groups'];

test.each(['bubblewrap', 'landlock', 'none'])(
  'a job in the tier %s dies with its worker, and what it leaves goes with the next one',
  async (tier) => {
    const seconds = uniqueSeconds();
    const worker = spawn(process.execPath, [join(import.meta.dirname, 'worker.fixture.ts'), tier, seconds], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(worker.stdout, 'data');
    expect(await whoIsLeft(seconds)).not.toBeNull();
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    expect(await whoIsLeft(seconds)).toBeNull();

    expect(foldersOf(worker.pid)).toHaveLength(1);
    const next = await probeSandbox({ allowUnsandboxed: true, secret: [], tiers: ['none'] });
    expect(foldersOf(worker.pid)).toEqual([]);
    if (next.tier !== null) await next[Symbol.asyncDispose]();
  },
);

const reachable =
  process.getuid?.() === 0 &&
  (await run('setpriv', [...ORDINARY, 'test', '-r', program]).then(
    () => true,
    () => false,
  ));

test.runIf(reachable)(
  'nothing escapes from a worker that is an ordinary user, either',
  async () => {
    // As a worker that was itself started with a descriptor too many.
    const start = 'exec 57< /etc/hostname; exec setpriv "$@"';
    const words = [...ORDINARY, '--', process.execPath, join(program, 'scripts/sandbox-audit.ts')];
    const { stdout } = await run('bash', ['-c', start, 'bash', ...words]);
    expect(stdout).not.toContain('ESCAPED');
    expect(stdout).toMatch(/: (\d+)\/\1 /);
  },
  120_000,
);
