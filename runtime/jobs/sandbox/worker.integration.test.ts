import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test, vi } from 'vitest';
import { descendantsOf, killProcess } from '#runtime/supervise/process-tree';
import { scratchFolder } from '../../../e2e/support/scratch-folder.ts';
import { commandOf, sleepersOf, uniqueSeconds, whoIsLeft } from './audit/left-behind.ts';
import { probeSandbox } from './probe-sandbox.ts';

// Whoever begins to run jobs removes what killed workers have left: not here, where others do so at any moment.
const { folder: temporary, write } = scratchFolder();
chmodSync(temporary, 0o711);
afterEach(() => void vi.unstubAllEnvs());

const run = promisify(execFile);
const program = resolve(import.meta.dirname, '../../..');
const ORDINARY = ['--reuid=12345', '--regid=12345', '--clear-groups'];

test.each(['bubblewrap', 'landlock', 'none'])(
  'a job in the tier %s dies with its worker, and what it leaves goes with the next one',
  async (tier) => {
    vi.stubEnv('TMPDIR', temporary);
    const seconds = uniqueSeconds();
    const worker = spawn(process.execPath, [join(import.meta.dirname, 'worker.fixture.ts'), tier, seconds], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(worker.stdout, 'data');
    await expect.poll(() => sleepersOf(seconds)).toHaveLength(3);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    expect(await whoIsLeft(seconds)).toBeNull();

    expect(readdirSync(temporary).join()).toContain(`-${worker.pid}-`);
    const next = await probeSandbox({ allowUnsandboxed: true, secret: [], tiers: ['none'] });
    expect(readdirSync(temporary).join()).not.toContain(`-${worker.pid}-`);
    if (next.tier !== null) await next[Symbol.asyncDispose]();
  },
);

/** A worker with one job and with a bwrap of ours, which has said something; it is killed, and gone. */
async function killedWith(bwrap: string): Promise<{ pid: number; itsProcesses: number[] }> {
  vi.stubEnv('TMPDIR', temporary);
  const program = write('bwrap', `#!/bin/bash\n${bwrap}\nexec bwrap "$@"\n`);
  chmodSync(program, 0o755);
  const fixture = join(import.meta.dirname, 'slow-bwrap.fixture.ts');
  const worker = spawn(process.execPath, [fixture, program, uniqueSeconds()], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(worker.stdout, 'data');
  const pid = worker.pid ?? 0;
  const itsProcesses = descendantsOf(pid);
  worker.kill('SIGKILL');
  await once(worker, 'exit');
  return { pid, itsProcesses };
}

const UNTIL_IT_IS_DEAD = 'while test -d /proc/$PPID; do sleep 0.01; done';
const alive = (pids: readonly number[]): number[] => pids.filter((pid) => existsSync(`/proc/${pid}`));

test('a job does not begin when its worker dies while bubblewrap makes its sandbox', async () => {
  // Gives bwrap the end of the code only then, and says when it has begun to read.
  const { itsProcesses } = await killedWith(`exec 3< <(
    cat <&3
    head -c 200000 /dev/zero | tr '\\0' '#'
    echo reading >&2
    ${UNTIL_IT_IS_DEAD}
  )`);
  try {
    await expect.poll(() => alive(itsProcesses)).toEqual([]);
  } finally {
    itsProcesses.forEach(killProcess);
  }
});

test('nor does anything go on waiting in a sandbox that was only half made, once there is a worker again', async () => {
  const { pid } = await killedWith(`echo starting; ${UNTIL_IT_IS_DEAD}`);
  const waiting = () =>
    readdirSync('/proc').filter((name) => /^\d+$/.test(name) && commandOf(name).includes(`-${pid}-`));
  await expect.poll(() => waiting().map(commandOf)).toEqual([expect.stringMatching(/^bwrap\0/)]);
  const next = await probeSandbox({ allowUnsandboxed: true, secret: [], tiers: ['none'] });
  await expect.poll(waiting).toEqual([]);
  if (next.tier !== null) await next[Symbol.asyncDispose]();
});

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
  300_000,
);
