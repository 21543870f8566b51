import type { EndReason, Outcome, Sandbox } from '../sandbox.ts';
import { describe, type Escape, LIMITS, order } from './escape.ts';
import { uniqueSeconds, whoIsLeft } from './left-behind.ts';

/** How long what has come to the end of its time may take to be dead. */
const DYING_MS = 5_000;

/** Each takes more than its share, and has an end of its own: a sandbox that does not hold must not cost the machine. */
export const SHARE_ESCAPES: readonly Escape[] = [
  {
    name: 'a fork bomb, beside a job that does no harm',
    async attempt(sandbox) {
      const marker = uniqueSeconds();
      // A token for each process that may ever be: where nothing else holds the bomb, this does.
      const bomb = `import os, time
tokens, given = os.pipe()
os.write(given, b"." * 200)
os.set_blocking(tokens, False)
while True:
    try:
        os.read(tokens, 1)
        os.fork()
    except BlockingIOError:
        time.sleep(0.01)
`;
      const innocent = `import os, subprocess, time
for turn in range(10):
    subprocess.run(["/bin/true"], check=True)
    time.sleep(0.1)
print("done ${marker}")`;
      const [bombed, beside] = await Promise.all([
        sandbox.run(order({ language: 'python', code: bomb }, 1_500)),
        sandbox.run(order({ language: 'python', code: innocent })),
      ]);
      if (beside.exitCode !== 0) return `the innocent job: ${describe(beside)}`;
      if (bombed.reason !== 'timeout') return describe(bombed);
      return bombed.killed <= LIMITS.processes ? null : `${bombed.killed} processes`;
    },
  },
  takesTooMuch('as many threads as a fork bomb has processes', 'exit', 'python', [
    'import threading, time',
    'count = 0',
    'try:',
    '    while count < 200:',
    '        threading.Thread(target=time.sleep, args=(1,), daemon=True).start()',
    '        count += 1',
    'except RuntimeError: pass',
    'raise SystemExit(0 if count < 64 else 1)',
  ]),
  takesTooMuch('memory, a little at a time', 'oom', 'python', [
    'held = []',
    'for part in range(256): held.append(bytearray(4 << 20))',
    'import time',
    'time.sleep(10)',
  ]),
  takesTooMuch('memory, at once', 'oom', 'python', ['held = "x" * (1 << 30)', 'import time', 'time.sleep(10)']),
  takesTooMuch('memory beside the heap of Node', 'oom', 'node', [
    'const held = [];',
    'const taking = setInterval(() => held.push(Buffer.alloc(4 << 20, 1)) < 256 || clearInterval(taking), 1);',
    'setTimeout(() => {}, 10_000);',
  ]),
  takesTooMuch('memory in the heap of Node', 'oom', 'node', [
    'const held = [];',
    'setInterval(() => { for (let i = 0; i < 1e4; i++) held.push({ i, text: String(i).repeat(9) }); }, 1);',
  ]),
  takesTooMuch('memory in many processes', 'oom', 'python', [
    'import os, time',
    'for child in range(16):',
    '    if os.fork() == 0:',
    '        held = bytearray(os.urandom(1)) * (32 << 20)',
    '        break',
    'time.sleep(10)',
  ]),
  takesTooMuch('shared memory', 'oom', 'python', [
    'import mmap',
    'held = []',
    'for part in range(256):',
    '    held.append(mmap.mmap(-1, 4 << 20))',
    '    held[-1].write(b"x" * (4 << 20))',
    'import time',
    'time.sleep(10)',
  ]),
  takesTooMuch('time, in a loop', 'timeout', 'python', ['while True: pass'], 1_000),
  takesTooMuch(
    'time, deaf to every signal that can be ignored',
    'timeout',
    'python',
    [
      'import signal',
      'for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}: signal.signal(number, signal.SIG_IGN)',
      'while True: pass',
    ],
    1_000,
  ),
  {
    name: 'daemons that outlive their job',
    async attempt(sandbox) {
      const marker = uniqueSeconds();
      const code = `import os, sys
for daemon in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for descriptor in (0, 1, 2): os.close(descriptor)
            os.execv("/bin/sleep", ["sleep", "${marker}"])
        os._exit(0)
    os.wait()
`;
      const outcome = await sandbox.run(order({ language: 'python', code }));
      if (outcome.reason !== 'exit' || outcome.exitCode !== 0) return describe(outcome);
      return whoIsLeft(marker);
    },
  },
  {
    name: 'daemons that outlive their time',
    async attempt(sandbox) {
      const marker = uniqueSeconds();
      const code = `trap '' TERM HUP INT\n(setsid sleep ${marker} &) &\n(trap '' TERM; setsid sleep ${marker} > /dev/null 2>&1 < /dev/null &)\nsleep ${marker}`;
      const outcome = await sandbox.run(order({ language: 'bash', code }, 800));
      if (outcome.reason !== 'timeout' || outcome.killed < 3) return `${outcome.killed} killed; ${describe(outcome)}`;
      return whoIsLeft(marker);
    },
  },
  {
    name: 'a gigabyte of output',
    async attempt(sandbox) {
      const outcome = await sandbox.run(order({ language: 'bash', code: 'head -c 1G /dev/zero | tr "\\0" x' }));
      if (outcome.reason !== 'output' || !outcome.truncated) return describe(outcome);
      return outcome.stdout.length === LIMITS.outputBytes ? null : `${outcome.stdout.length} kept`;
    },
  },
  {
    name: 'output that is no text',
    async attempt(sandbox) {
      const code = 'import os\nos.write(1, b"a\\xff\\xfe\\x00b\\xe2\\x82")\nos.write(2, b"\\x1b[2J\\xc3\\x28")';
      const { reason, stdout, stderr } = await sandbox.run(order({ language: 'python', code }));
      const whole = stdout === 'a\ufffd\ufffd\0b\ufffd' && stderr === '\u001b[2J\ufffd(';
      return reason === 'exit' && whole ? null : JSON.stringify({ reason, stdout, stderr });
    },
  },
  {
    name: 'more of the scratch disk than there is',
    async attempt(sandbox) {
      const code = `import os, time
written = 0
try:
    for name in range(64):
        with open(f"{name}", "wb") as file:
            file.write(b"x" * (1 << 20))
        written += 1
        time.sleep(0.005)
except OSError: pass
if written > 16: time.sleep(10)
print(written)`;
      const outcome = await sandbox.run(order({ language: 'python', code }));
      // Either it has an end, or whoever takes more is ended.
      return outcome.reason === 'disk' || Number(outcome.stdout) <= 16 ? null : describe(outcome);
    },
  },
  takesTooMuch('a file that is larger than the scratch disk', 'exit', 'python', [
    'import os, signal',
    'signal.signal(signal.SIGXFSZ, signal.SIG_IGN)',
    'with open("f", "wb") as file:',
    '    try: file.truncate(17 << 20)',
    '    except OSError: raise SystemExit(0)',
    'raise SystemExit(1)',
  ]),
  takesTooMuch('files without end', 'disk', 'python', [
    'import os, time',
    'for name in range(20_000): os.close(os.open(f"{name}", os.O_CREAT))',
    'time.sleep(10)',
  ]),
  takesTooMuch('folders in folders, deeper than any path is long', 'disk', 'python', [
    'import os, time',
    'for depth in range(10_000):',
    '    os.mkdir("d" * 200)',
    '    os.chdir("d" * 200)',
    'time.sleep(10)',
  ]),
];

function takesTooMuch(
  name: string,
  expected: EndReason,
  language: 'python' | 'node',
  lines: readonly string[],
  timeMs = LIMITS.timeMs,
): Escape {
  return {
    name,
    async attempt(sandbox: Sandbox) {
      const outcome = await sandbox.run(order({ language, code: lines.join('\n') }, timeMs));
      return asExpected(outcome, expected, timeMs) ? null : describe(outcome);
    },
  };
}

function asExpected({ reason, exitCode, durationMs }: Outcome, expected: EndReason, timeMs: number): boolean {
  if (reason !== expected) return false;
  return expected === 'exit' ? exitCode === 0 : durationMs < timeMs + DYING_MS;
}
