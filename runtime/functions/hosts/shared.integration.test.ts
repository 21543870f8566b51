import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Host, HostOrder } from './host.ts';
import { Hosts } from './hosts.ts';

const { PATH = '', HOME = '' } = process.env;
const scratch = mkdtempSync(join(tmpdir(), 'vigia-test-'));
afterAll(() => rmSync(scratch, { recursive: true }));

let hosts: Hosts;
let open: Host[] = [];
let lines: string[] = [];
beforeEach(() => {
  hosts = new Hosts({ python: 'python3', env: { PATH, HOME }, quickLoadMs: 1_500 });
});
afterEach(async () => {
  await Promise.all(open.map((host) => host[Symbol.asyncDispose]()));
  await hosts[Symbol.asyncDispose]();
  open = [];
  lines = [];
});

let files = 0;

/** Writes files into a folder of their own; the path of the first. */
function written(content: Record<string, string>): string {
  const folder = join(scratch, `${++files}`);
  const paths = Object.entries(content).map(([name, text]) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  });
  return paths[0] ?? folder;
}

type Isolation = HostOrder['isolation'];

async function started(path: string, handler: string, name: string, isolation: Isolation = 'shared') {
  const language = path.endsWith('.py') ? 'python' : 'typescript';
  const log = (stream: string, line: string) => lines.push(`${name} ${stream} ${line}`);
  const host = await hosts.start({ name, isolation, language, path: resolve(path), handler, log });
  open.push(host);
  return host;
}

async function loaded(path: string, handler: string, name = handler, isolation?: Isolation): Promise<Host> {
  const host = await started(path, handler, name, isolation);
  expect(await host.load(10_000)).toBeNull();
  return host;
}

const invoke = (host: Host | undefined, input: unknown = {}, timeoutMs = 10_000) => {
  if (host === undefined) throw new Error('no such host');
  return host.invoke(Buffer.from(JSON.stringify(input)), timeoutMs);
};

async function call(host: Host | undefined, input: unknown = {}) {
  const outcome = await invoke(host, input);
  if (outcome.kind !== 'result') throw new Error(JSON.stringify(outcome));
  return JSON.parse(outcome.text);
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe.each(['py', 'ts'])('functions that share a host (.%s)', (ending) => {
  const neighbours = resolve(import.meta.dirname, 'fixtures', `neighbours.${ending}`);
  const neighbour = (handler: string, name = handler) => loaded(neighbours, handler, name);

  test('have an env and a module each, also those of one file', async () => {
    const [a, b] = [await neighbour('counts', 'a'), await neighbour('counts', 'b')];
    const first = await call(a);
    expect(first).toMatchObject({ module: 1, env: 1 });
    expect(await call(a)).toMatchObject({ module: 2, env: 2 });
    expect(await call(b)).toEqual({ module: 1, env: 1, where: first.where });
  });

  test('wait for their turn, which does not count as their time', async () => {
    const [slow, other] = [await neighbour('slow'), await neighbour('counts')];
    const outcomes = [invoke(slow, { seconds: 0.6 }), invoke(other, {}, 300), invoke(slow, { seconds: 0 }, 300)];
    expect((await Promise.all(outcomes)).map(({ kind }) => kind)).toEqual(['result', 'result', 'result']);
  });

  test.each([
    ['never_returns', { kind: 'timeout', message: 'timed out at 0.30 s' }],
    ['exits', { kind: 'exit', message: "the function's process exited with code 3" }],
  ])('when one %s, the others continue together and that one alone', async (handler, failure) => {
    const culprit = await neighbour(handler, 'culprit');
    const others = [await neighbour('counts', 'a'), await neighbour('counts', 'b')];
    const before = await invoke(others[0]);
    const last = invoke(culprit, {}, 300);
    const waiting = others.map((host) => invoke(host));
    expect(await last).toEqual({ kind: 'failed', failure });
    expect(await Promise.all(waiting)).toEqual([{ kind: 'unserved' }, { kind: 'unserved' }]);
    expect((await culprit.ended).innocent).toBe(false);
    for (const { ended } of others) expect((await ended).innocent).toBe(true);

    const again = await Promise.all([neighbour('counts', 'a'), neighbour('counts', 'b')]);
    const snapshot = before.kind === 'result' ? (before.snapshot?.text ?? '') : '';
    await again[0]?.restore(snapshot, null, 10_000);
    const alone = await neighbour('counts', 'culprit');
    const [a, b, c] = await Promise.all([call(again[0]), call(again[1]), call(alone)]);
    expect(a).toMatchObject({ env: 2, where: b.where });
    expect(c.where).not.toBe(a.where);
  });

  test('a large answer has arrived before the next turn begins', async () => {
    const [large, culprit] = [await neighbour('returns_much', 'large'), await neighbour('never_returns')];
    const outcomes = [invoke(large), invoke(culprit, {}, 300)];
    expect((await Promise.all(outcomes)).map(({ kind }) => kind)).toEqual(['result', 'failed']);
    expect((await large.ended).innocent).toBe(true);
  });

  test('the culprit returns to the others with new code', async () => {
    const culprit = await neighbour('exits', 'culprit');
    await invoke(culprit);
    const code =
      ending === 'py'
        ? 'import os\ndef handler(event, context):\n    return {"where": os.getpid()}\n'
        : "import { threadId } from 'node:worker_threads';\nexport const handler = () => ({ where: threadId });\n";
    const mended = written({ [`mended.${ending}`]: code });
    const [other, alone] = [await neighbour('counts', 'other'), await neighbour('counts', 'culprit')];
    const { where } = await call(other);
    expect((await call(alone)).where).not.toBe(where);
    expect((await call(await loaded(mended, 'handler', 'culprit'))).where).toBe(where);
  });

  test('code that never ends to load has failed, those who run are innocent, and those who wait do not notice', async () => {
    const endless = written({ [`endless.${ending}`]: ending === 'py' ? 'while True: pass\n' : 'for (;;);\n' });
    const running = await neighbour('counts', 'running');
    const [culprit, other] = [
      await started(endless, 'handler', 'culprit'),
      await started(neighbours, 'counts', 'other'),
    ];
    const [failure, none] = await Promise.all([culprit.load(300), other.load(10_000)]);
    expect(failure?.kind).toBe('timeout');
    expect(none).toBeNull();
    expect(await Promise.all([culprit.ended, running.ended])).toMatchObject([{ innocent: false }, { innocent: true }]);
    expect(await call(other)).toMatchObject({ env: 1 });
    // The version that ran before starts again; the endless one is not tried among others a second time.
    const again = await neighbour('counts', 'culprit');
    expect((await (await started(endless, 'handler', 'culprit')).load(300))?.kind).toBe('timeout');
    expect(await call(again)).toMatchObject({ env: 1 });
  });

  test('code that takes long to load is loaded alone', async () => {
    const wait =
      ending === 'py' ? 'import time\ntime.sleep(2)\n' : 'await new Promise((done) => setTimeout(done, 2_000));\n';
    const rest =
      ending === 'py'
        ? 'import os\ndef handler(event, context):\n    return {"where": os.getpid(), "host": context.host}\n'
        : "import { threadId } from 'node:worker_threads';\nexport const handler = (event, { host }) => ({ where: threadId, host });\n";
    const slow = await started(written({ [`slow.${ending}`]: wait + rest }), 'handler', 'slow');
    slow.setContext({ host: 'redis.example', port: 6379, input_key: 'in', output_key: 'out' });
    const other = await started(neighbours, 'counts', 'other');
    expect(await Promise.all([slow.load(10_000), other.load(10_000)])).toEqual([null, null]);
    const { where, host } = await call(slow);
    expect(host).toBe('redis.example');
    expect((await call(other)).where).not.toBe(where);
  });

  test('code that does not load leaves the others alone', async () => {
    const bad = await started(neighbours, 'a_name_that_is_not_there', 'bad');
    const other = await neighbour('counts');
    expect((await bad.load(10_000))?.kind).toBe('init');
    await bad.ended;
    expect(await call(other)).toMatchObject({ env: 1 });
  });

  test('one that is disposed of leaves the others alone, busy or not', async () => {
    const [other, idle, busy] = [await neighbour('counts'), await neighbour('counts', 'idle'), await neighbour('slow')];
    await idle[Symbol.asyncDispose]();
    expect((await invoke(idle)).kind).toBe('failed');
    expect(await call(other)).toMatchObject({ env: 1 });
    const outcome = invoke(busy, { seconds: 0.01 });
    await busy[Symbol.asyncDispose]();
    expect((await outcome).kind).toBe('result');
    expect(await call(other)).toMatchObject({ env: 2 });
  });

  test('one that cannot be disposed of otherwise is killed, for which nobody is blamed', async () => {
    const [other, busy] = [await neighbour('counts'), await neighbour('never_returns')];
    const [outcome, waiting] = [invoke(busy), invoke(other)];
    await busy[Symbol.asyncDispose]();
    expect((await outcome).kind).toBe('failed');
    expect(await waiting).toEqual({ kind: 'unserved' });
    expect((await other.ended).innocent).toBe(true);
    const [a, b] = [await neighbour('counts'), await neighbour('counts', 'never_returns')];
    expect((await call(a)).where).toBe((await call(b)).where);
  });

  test('their lines are their own', async () => {
    const [a, b, c] = [
      await neighbour('prints', 'a'),
      await neighbour('prints', 'b'),
      await neighbour('finishes', 'c'),
    ];
    await Promise.all([invoke(a, { name: 'a' }), invoke(b, { name: 'b' }), invoke(c)]);
    await Promise.all([a, b, c].map((host) => host[Symbol.asyncDispose]()));
    expect(lines).toEqual(
      expect.arrayContaining([
        'a stdout a speaks',
        'a stderr a complains',
        'b stdout b speaks',
        'b stderr b complains',
        'c stdout business',
        'a stdout unfinished ',
        'b stdout unfinished ',
      ]),
    );
  });

  test('two hundred of them', async () => {
    const all = await Promise.all(Array.from({ length: 200 }, (_, index) => neighbour('counts', `f${index}`)));
    for (const round of [1, 2]) {
      const results = await Promise.all(all.map((host) => call(host)));
      expect(results.every(({ module, env }) => module === round && env === round)).toBe(true);
      expect(new Set(results.map(({ where }) => where)).size).toBe(ending === 'py' ? 2 : 1);
    }
  });

  test('an own host has a process or thread for itself', async () => {
    const shared = await neighbour('counts', 'shared');
    const own = await loaded(neighbours, 'counts', 'own', 'own');
    expect((await call(own)).where).not.toBe((await call(shared)).where);
  });
});

describe('Python functions that share a process', () => {
  const uses = (name: string) => `import ${name}\ndef handler(event, context):\n    return {"from": ${name}.where}\n`;

  test('have files and neighbours of one name', async () => {
    const make = (from: string) =>
      written({
        'usermodule.py': uses('helper'),
        'helper.py': `from inner.deep import where\n`,
        'inner/deep.py': `where = "${from}"\n`,
      });
    const [a, b] = [await loaded(make('a'), 'handler', 'a'), await loaded(make('b'), 'handler', 'b')];
    expect([await call(a), await call(b), await call(a)]).toEqual([{ from: 'a' }, { from: 'b' }, { from: 'a' }]);
  });

  test('import what they need later from their own folders, and from those that they add', async () => {
    const make = (from: string) => {
      const late =
        'def handler(event, context):\n    import late, added\n    return {"late": late.where, "added": added.where}\n';
      const path = written({
        'usermodule.py': '',
        'late.py': `where = "${from}"\n`,
        'more/added.py': `where = "${from}"\n`,
      });
      writeFileSync(path, `import sys\nsys.path.append(${JSON.stringify(join(dirname(path), 'more'))})\n${late}`);
      return path;
    };
    const [a, b] = [await loaded(make('a'), 'handler', 'a'), await loaded(make('b'), 'handler', 'b')];
    for (let round = 0; round < 2; round++) {
      expect(await call(a)).toEqual({ late: 'a', added: 'a' });
      expect(await call(b)).toEqual({ late: 'b', added: 'b' });
    }
  });

  test('a file beside one is its own, whatever of that name others have imported', async () => {
    const common =
      'import colorsys, sys\ndef handler(event, context):\n    return {"own": hasattr(sys.modules["colorsys"], "where")}\n';
    const other = await loaded(written({ 'usermodule.py': common }), 'handler', 'other');
    const path = written({ 'usermodule.py': uses('colorsys'), 'colorsys.py': 'where = "own"\n' });
    const own = await loaded(path, 'handler', 'own');
    expect([await call(own), await call(other), await call(own)]).toEqual([
      { from: 'own' },
      { own: false },
      { from: 'own' },
    ]);
  });

  test('what one leaves behind is dropped', async () => {
    const count =
      'import gc, types\ngc.disable()\ndef handler(event, context):\n    return {"left": sum(getattr(each, "left_behind", 0) for each in gc.get_objects() if type(each) is types.ModuleType)}\n';
    const watcher = await loaded(written({ 'watcher.py': count }), 'handler', 'watcher');
    const big = await loaded(
      written({
        'big.py': 'import sys\nleft_behind = 1\nitself = sys.modules[__name__]\ndef handler(event, context): pass\n',
      }),
      'handler',
      'big',
    );
    expect(await call(watcher)).toEqual({ left: 1 });
    await big[Symbol.asyncDispose]();
    expect(await call(watcher)).toEqual({ left: 0 });
  });

  const neighbours = resolve(import.meta.dirname, 'fixtures', 'neighbours.py');

  test('the process ends with the last of them', async () => {
    const [a, b] = [await loaded(neighbours, 'counts', 'a'), await loaded(neighbours, 'counts', 'b')];
    await a[Symbol.asyncDispose]();
    expect(isAlive(b.pid)).toBe(true);
    await b[Symbol.asyncDispose]();
    expect(isAlive(b.pid)).toBe(false);
  });

  test('one that forks answers once, and the lines of its child come through', async () => {
    const [forks, other] = [await loaded(neighbours, 'forks'), await loaded(neighbours, 'counts')];
    for (let round = 0; round < 3; round++) expect(await call(forks)).toEqual({ child: false });
    expect(await call(other)).toMatchObject({ env: 1 });
    await expect.poll(() => lines.filter((line) => line.endsWith('the child speaks')).length).toBe(3);
  });

  test('what does not go through sys.stdout is of the one that runs, or ran last', async () => {
    const all = [await loaded(neighbours, 'counts'), await loaded(neighbours, 'finishes')];
    for (const host of all) await call(host);
    // The line has no end until the process has, when the one that wrote it is long gone.
    for (const host of all.reverse()) await host[Symbol.asyncDispose]();
    await expect.poll(() => lines).toContain('finishes stdout past Python');
  });

  test('when the process is killed from outside while nobody runs, nobody is innocent, and nobody alone', async () => {
    const both = [await loaded(neighbours, 'counts', 'a'), await loaded(neighbours, 'counts', 'b')];
    process.kill(both[0]?.pid ?? 0, 'SIGKILL');
    for (const { ended } of both) expect(await ended).toEqual({ how: 'was killed by SIGKILL', innocent: false });
    const [a, b] = [await loaded(neighbours, 'counts', 'a'), await loaded(neighbours, 'counts', 'b')];
    expect(a.pid).toBe(b.pid);
  });
});

describe('JavaScript functions that share a thread', () => {
  const neighbours = resolve(import.meta.dirname, 'fixtures', 'neighbours.ts');

  test.each(['ts', 'cjs'])('have a copy each of what they import from their folder (.%s)', async (ending) => {
    const path = written(
      ending === 'ts'
        ? {
            'main.ts':
              "import { next } from './helper.ts';\nexport async function handler() { const late = await import('./helper.ts'); late.next(); return { n: next() }; }\n",
            'helper.ts': 'let n: number = 0;\nexport const next = (): number => ++n;\n',
          }
        : {
            'main.cjs':
              "const { next } = require('./helper.cjs');\nexports.handler = () => { require('./helper.cjs').next(); return { n: next() }; };\n",
            'helper.cjs': 'let n = 0;\nexports.next = () => ++n;\n',
          },
    );
    const all = [];
    for (const name of ['a', 'b', 'c']) all.push(await loaded(path, 'handler', name));
    for (const n of [2, 4]) {
      for (const host of all) expect(await call(host)).toEqual({ n });
    }
  });

  test('a line that one prints later is still its own', async () => {
    const [a, slow] = [await loaded(neighbours, 'prints_later', 'a'), await loaded(neighbours, 'slow')];
    await Promise.all([call(a, { name: 'a' }), call(slow, { seconds: 0.1 })]);
    await expect.poll(() => lines).toEqual(['a stdout a speaks later']);
  });

  test.each([
    ['throws_later', /fails later/],
    ['rejects_later', /nobody catches this/],
    ['exits_later', /exited with code 4/],
  ])('when one %s, it is to blame, and not the one that runs', async (handler, how) => {
    const [culprit, slow] = [await loaded(neighbours, handler), await loaded(neighbours, 'slow')];
    await call(culprit, { name: 'it' });
    expect(await invoke(slow, { seconds: 30 })).toEqual({ kind: 'unserved' });
    expect(await culprit.ended).toEqual({ how: expect.stringMatching(how), innocent: false });
    expect((await slow.ended).innocent).toBe(true);
    const alone = await loaded(neighbours, 'counts', handler);
    expect((await call(alone)).where).not.toBe((await call(await loaded(neighbours, 'counts'))).where);
  });

  test('tracebacks name files as their author does', async () => {
    await loaded(neighbours, 'counts');
    const throws = await loaded(
      written({ 'throws.ts': "export function handler() { throw new Error('no'); }\n" }),
      'handler',
    );
    const outcome = await invoke(throws);
    expect(outcome.kind === 'failed' && outcome.failure.traceback).toMatch(/throws\.ts:1:\d+\)$/);
  });

  test('a thread that cannot be stopped takes the others with it, which are innocent', async () => {
    const functions = resolve(import.meta.dirname, 'fixtures', 'functions.ts');
    const own = await loaded(neighbours, 'slow', 'own', 'own');
    const shared = await loaded(neighbours, 'slow', 'shared');
    const stuck = await loaded(functions, 'stuck_in_native_code', 'stuck', 'own');
    const others = [invoke(own, { seconds: 30 }), invoke(shared, { seconds: 30 })];
    expect(await invoke(stuck, {}, 200)).toMatchObject({ kind: 'failed', failure: { kind: 'timeout' } });
    expect(await Promise.all(others)).toEqual([{ kind: 'unserved' }, { kind: 'unserved' }]);
    expect(await Promise.all([stuck.ended, own.ended, shared.ended])).toMatchObject([
      { innocent: false },
      { innocent: true },
      { innocent: true },
    ]);
  });
});
