import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { limit } from '../../../e2e/support/limit.ts';
import { escapesFor } from './audit/battery.ts';
import { makeSurroundings } from './audit/surroundings.ts';
import { probeSandbox } from './probe-sandbox.ts';
import { DEFAULT_LIMITS, type JobOrder, type Limits, type Outcome, type Sandbox } from './sandbox.ts';

const program = resolve(import.meta.dirname, '../../..');
const secret = [program];

/** All tiers that this machine can run; each must keep the same contract. */
const sandboxes: Sandbox[] = [];
for (const tier of ['bubblewrap', 'landlock', 'none'] as const) {
  const sandbox = await probeSandbox({ allowUnsandboxed: true, secret, tiers: [tier] });
  if (sandbox.tier !== null) sandboxes.push(sandbox);
}
afterAll(async () => {
  for (const sandbox of sandboxes) await sandbox[Symbol.asyncDispose]();
});

type Given = Partial<Omit<JobOrder, 'limits'>> & Pick<JobOrder, 'code'> & { limits?: Partial<Limits> };

describe.each(sandboxes)('a job in the tier $tier', (sandbox) => {
  const run = ({ limits, ...given }: Given): Promise<Outcome> =>
    sandbox.run({
      language: 'python',
      input: '',
      network: false,
      ...given,
      limits: { ...DEFAULT_LIMITS, timeMs: 30_000, ...limits },
    });

  test.each([
    { language: 'python', code: 'import sys\nprint(sys.stdin.read().upper())\nsys.exit(3)' },
    {
      language: 'node',
      code: "import { readFileSync } from 'node:fs';\nconsole.log(readFileSync('/dev/stdin', 'utf8').toUpperCase());\nprocess.exit(3);",
    },
    { language: 'bash', code: 'tr a-z A-Z; echo; exit 3' },
  ] as const)('reads its input, writes its output and ends with its code: $language', async ({ language, code }) => {
    const outcome = await run({ language, code, input: 'hello' });
    expect(outcome).toMatchObject({ tier: sandbox.tier, reason: 'exit', exitCode: 3, stdout: 'HELLO\n', stderr: '' });
    expect(outcome).toMatchObject({ truncated: false, killed: 0, detail: null });
  });

  test('reads an input of megabytes, and need not read any', async () => {
    const input = 'x'.repeat(5_000_000);
    expect(await run({ code: 'import sys; print(len(sys.stdin.read()))', input })).toMatchObject({
      stdout: '5000000\n',
    });
    expect(await run({ code: 'print("done")', input })).toMatchObject({ reason: 'exit', stdout: 'done\n' });
  });

  test('has code of a megabyte', async () => {
    const code = `text = """${'x'.repeat(1_000_000)}"""\nprint(len(text))`;
    expect(await run({ code })).toMatchObject({ stdout: '1000000\n' });
  });

  test('tells its output as it comes, streams apart and in order', async () => {
    const seen: { stream: string; text: string }[] = [];
    const code =
      'import sys, time\nfor n in range(3):\n  print(n)\n  time.sleep(0.1)\n  print(n, file=sys.stderr)\n  time.sleep(0.1)';
    const outcome = await run({ code, onOutput: (stream, text) => seen.push({ stream, text }) });
    const pieces = outcome.output.map(({ stream, text }) => `${stream} ${text}`);
    expect(pieces).toEqual(['stdout 0\n', 'stderr 0\n', 'stdout 1\n', 'stderr 1\n', 'stdout 2\n', 'stderr 2\n']);
    expect(outcome).toMatchObject({ stdout: '0\n1\n2\n', stderr: '0\n1\n2\n' });
    expect(seen.map(({ text }) => text).join('')).toBe('0\n0\n1\n1\n2\n2\n');
    const times = outcome.output.map(({ atMs }) => atMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test('finds the devices of its streams, as shell scripts expect', async () => {
    const outcome = await run({
      language: 'bash',
      code: 'cat /dev/stdin > /dev/stdout; echo bad > /dev/stderr',
      input: 'in\n',
    });
    expect(outcome).toMatchObject({ exitCode: 0, stdout: 'in\n', stderr: 'bad\n' });
  });

  test('starts in an empty folder that it can write to, and that the next job finds empty', async () => {
    const code =
      'import os; print(os.listdir("."), os.system("exit 0")); open("mine", "w").write("x"); os.mkdir("closed", 0)';
    expect(await run({ code })).toMatchObject({ stdout: '[] 0\n' });
    expect(await run({ code })).toMatchObject({ stdout: '[] 0\n' });
  });

  test('ends with 128 and the number of the signal that kills what it runs', async () => {
    expect(await run({ language: 'bash', code: '(kill -9 $BASHPID)' })).toMatchObject({
      reason: 'exit',
      exitCode: 137,
    });
  });

  test('shows where its code is wrong', async () => {
    const outcome = await run({ code: 'x = 1\nraise ValueError("no")' });
    expect(outcome).toMatchObject({ reason: 'exit', exitCode: 1 });
    expect(outcome.stderr).toMatch(/main\.py", line 2[\s\S]*ValueError: no/);
  });

  test('is killed after its time, with all that it has started', async () => {
    const code = 'trap "" TERM; for n in 1 2 3; do sleep 60 & done; wait';
    const outcome = await run({ language: 'bash', code, limits: { timeMs: 700 } });
    expect(outcome).toMatchObject({ reason: 'timeout', exitCode: null, killed: 4 });
    expect(outcome.durationMs).toBeGreaterThan(690);
    expect(outcome.durationMs).toBeLessThan(limit(1_200));
  });

  test('is cancelled, with all that it has started', async () => {
    const cancel = new AbortController();
    const outcome = await run({
      language: 'bash',
      code: 'sleep 60 & setsid sleep 60 & echo started; wait',
      onOutput: () => setTimeout(() => cancel.abort(), 50),
      signal: cancel.signal,
    });
    expect(outcome).toMatchObject({ reason: 'cancelled', exitCode: null, stdout: 'started\n', killed: 3 });
    expect(outcome.durationMs).toBeLessThan(limit(2_000));
  });

  test.each([0, 1, 3, 10, 20])('is cancelled %i ms after its start', async (afterMs) => {
    const cancel = new AbortController();
    setTimeout(() => cancel.abort(), afterMs);
    expect(await run({ code: 'import time; time.sleep(60)', signal: cancel.signal })).toMatchObject({
      reason: 'cancelled',
    });
  });

  test('is not started when it is cancelled already', async () => {
    const outcome = await run({ code: 'print("started")', signal: AbortSignal.abort() });
    expect(outcome).toMatchObject({ reason: 'cancelled', stdout: '', killed: 0 });
  });

  test('runs beside many others and is not mistaken for one', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        run({ code: `import sys; print(${n}, sys.stdin.read())`, input: `in ${n}` }),
      ),
    );
    expect(outcomes.map(({ stdout }) => stdout)).toEqual(outcomes.map((_, n) => `${n} in ${n}\n`));
  });
});

test('a job has ten seconds by default, in every tier', async () => {
  const order = {
    language: 'bash',
    code: 'trap "" TERM; sleep 60',
    input: '',
    limits: DEFAULT_LIMITS,
    network: false,
  } as const;
  for (const { reason, durationMs } of await Promise.all(sandboxes.map((sandbox) => sandbox.run(order)))) {
    expect(reason).toBe('timeout');
    expect(durationMs).toBeGreaterThanOrEqual(10_000);
    expect(durationMs).toBeLessThan(limit(10_500));
  }
});

describe.each(sandboxes.filter(({ tier }) => tier !== 'none'))('out of the tier $tier', async (sandbox) => {
  const surroundings = await makeSurroundings(program);
  afterAll(() => surroundings[Symbol.asyncDispose]());

  test.each(escapesFor(sandbox).map(({ group, tried }) => ({ title: `${group}: ${tried.name}`, tried })))(
    '$title',
    async ({ tried }) => {
      const contacts = surroundings.contacts();
      expect(await tried.attempt(sandbox, surroundings)).toBeNull();
      expect(surroundings.contacts()).toBe(contacts);
    },
  );
});

describe.each(sandboxes)('with a network, a job in the tier $tier', (sandbox) => {
  test('reaches what its worker reaches, and no socket that has a path', async () => {
    await using surroundings = await makeSurroundings(program);
    const { port, socketPath } = surroundings.known;
    const code = `import socket
print(socket.create_connection(("localhost", ${port})).recv(100))
try: socket.socket(socket.AF_UNIX).connect("${socketPath}")
except OSError: print("refused")`;
    const order = { language: 'python', code, input: '', limits: DEFAULT_LIMITS, network: true } as const;
    const { stdout } = await sandbox.run(order);
    expect(stdout).toBe(`b'+PONG\\r\\n'\n${sandbox.tier === 'none' ? '' : 'refused\n'}`);
  });
});

describe('a probe', () => {
  test('takes the strictest tier that holds, and says what is missing', async () => {
    const sandbox = await probeSandbox({ allowUnsandboxed: true, secret });
    expect(sandbox.tier).toBe(sandboxes[0]?.tier);
    if (sandbox.tier !== null) await sandbox[Symbol.asyncDispose]();
  });

  test('refuses where nothing holds, and leaves no files', async () => {
    const before = ownFolders();
    // What is kept in a folder that every job sees cannot be hidden from them.
    const refusal = await probeSandbox({ allowUnsandboxed: false, secret: ['/usr/share/vigia'] });
    expect(refusal.tier).toBeNull();
    expect(refusal.missing).toEqual([
      'bubblewrap: /usr/share/vigia is in a folder that every job sees',
      'landlock: /usr/share/vigia is in a folder that every job sees',
      'none: only with ALLOW_UNSANDBOXED=1',
    ]);
    expect(ownFolders()).toEqual(before);
  });
});

/** Those of this process: others run jobs here as well. */
const ownFolders = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('vigia-sandbox-') && name.includes(`-${process.pid}-`));
