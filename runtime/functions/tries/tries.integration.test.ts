import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Caller } from '#lib/auth/caller';
import { createContext } from '#lib/context';
import { createFunction } from '#lib/functions/create-function';
import { deployCode } from '#lib/functions/deploy-code';
import { type Trial, tryCode } from '#lib/functions/try-code';
import { updateSettings } from '#lib/functions/update-settings';
import { createCommandClient } from '#lib/redis';
import type { Language } from '#lib/schemas/function';
import type { SettingChanges } from '#lib/schemas/settings';
import { tryReport } from '#lib/schemas/try';
import { archiveOf, type Files } from '../../../e2e/support/archives.ts';
import { startRedis } from '../../../e2e/support/redis-server.ts';
import { startFunctionsRuntime } from '../../../e2e/support/role-process.ts';
import { roleSuite } from '../../../e2e/support/role-suite.ts';
import { expectUnbroken } from '../../../e2e/support/unbroken.ts';
import { startFunctionsRole } from '../role.ts';

const ADMIN: Caller = { uid: 0, name: 'ana', role: 'admin', via: 'session', credentialId: null };
const suite = roleSuite();
// Other suites have temporary folders as well.
beforeAll(() => {
  vi.stubEnv('TMPDIR', suite.scratch);
});

const file = (language: Language, text: string) => ({ kind: 'file', language, text }) as const;
const python = (text: string) => file('python', text);
const LIVE = `
def handler(event, context):
    context.env["n"] = context.env.get("n", 0) + 1
    return {"n": context.env["n"], "x": event["x"]}
`;

/** A function called `live` on an input key of its own, and what tries code for it; no runtime is there yet. */
async function surroundings({ settings = {}, url }: { settings?: SettingChanges; url?: string } = {}) {
  const { under, input } = suite.surroundings({ MONITORING_PERIOD: '0.1' }, url);
  const ctx = createContext(under.config, under.redis, under.log);
  await under.redis.set(input, '{"x": 20.0}');
  await createFunction(ctx, ADMIN, {
    name: 'live',
    settings: { inputKey: input, periodMs: 100, ...settings },
    code: python(LIVE),
  });
  const tryIt = async (trial: Partial<Trial>) => tryReport.parse(await tryCode(ctx, ADMIN, { name: 'live', ...trial }));
  const start = async () => {
    const role = await startFunctionsRole(under.config, under.log);
    suite.open.push(role);
    return role;
  };
  return { under, ctx, input, tryIt, start };
}

type Surroundings = Awaited<ReturnType<typeof surroundings>>;

/** With a runtime; the function itself is disabled, so that nothing but a try could change anything. */
async function atRest() {
  const around = await surroundings({ settings: { enabled: false } });
  await around.start();
  return around;
}

const triesFolders = () => readdirSync(suite.scratch).filter((name) => name.startsWith('vigia-try-'));

/** Everything in Redis below some prefix, byte by byte. */
async function dumpOf({ under, input }: Surroundings) {
  const { keyPrefix } = under.config.redis;
  const keys = [...(await under.redis.keys(`${keyPrefix}{live}:*`)), input, 'live-output'].sort();
  return await Promise.all(keys.map(async (key) => [key, await under.redis.dumpBuffer(key)]));
}

describe('a good draft gives its result', () => {
  test.each([
    [
      'python',
      'import sys\nprint("loads")\ndef handler(event, context):\n    print("runs", file=sys.stderr)\n    return {"x": event["x"]}\n',
      '{"x": 20.0}',
    ],
    [
      'javascript',
      'console.log("loads");\nexport const handler = (event) => {\n  console.error("runs");\n  return { x: event.x };\n};\n',
      '{"x":20}',
    ],
    [
      'typescript',
      'console.log("loads");\nexport function handler(event: { x: number }) {\n  console.error("runs");\n  return { x: event.x };\n}\n',
      '{"x":20}',
    ],
  ] as const)('%s, with what it prints, on the live input', async (language, text, result) => {
    const { under, tryIt } = await atRest();
    const report = await tryIt({ code: file(language, text) });
    expect(report).toMatchObject({
      outcome: 'result',
      failure: null,
      language,
      result: { text: result, isCut: false },
      linesLeftOut: 0,
      input: { from: 'live', text: '{"x": 20.0}', isCut: false },
      env: 'copy',
    });
    expect(report.log).toHaveLength(2);
    expect(report.log).toEqual(
      expect.arrayContaining([
        { stream: 'stdout', text: 'loads' },
        { stream: 'stderr', text: 'runs' },
      ]),
    );
    expect(report.loadMs).toBeGreaterThan(0);
    expect(report.tookMs).toBeGreaterThan(0);
    const logged = under.logLines.map((line) => JSON.parse(line)).filter((line) => 'try' in line && 'stream' in line);
    expect(logged.map(({ level, function: name, msg }) => [level, name, msg]).sort()).toEqual([
      [20, 'live', 'loads'],
      [20, 'live', 'runs'],
    ]);
    expect(triesFolders()).toEqual([]);
  });

  test('an archive of several parts, with the handler that is asked for', async () => {
    const { tryIt } = await atRest();
    const noise = randomBytes(2.5 * 1024 * 1024).toString('base64');
    const files = {
      'app/main.py':
        'import os\nfrom rates import twice\ndef other(event, context):\n    return {"x": twice(event["x"]), "noise": os.path.getsize(os.path.dirname(__file__) + "/noise")}\n',
      'app/noise': noise,
      'app/rates.py': 'def twice(x):\n    return 2 * x\n',
    };
    const bytes = await archive(files);
    expect(bytes.length).toBeGreaterThan(2 * 1024 * 1024);
    expect(await tryIt({ code: { kind: 'archive', bytes }, handler: 'main.other' })).toMatchObject({
      outcome: 'result',
      result: { text: `{"x": 40.0, "noise": ${noise.length}}` },
    });
    expect(triesFolders()).toEqual([]);
  });

  test('nothing, and a pasted input as it was written', async () => {
    const { tryIt } = await atRest();
    const code = python('def handler(event, context):\n    print(event)\n    return {}\n');
    expect(await tryIt({ code, input: '{"x": 1.50, "y": 9007199254740993}' })).toMatchObject({
      outcome: 'nothing',
      result: null,
      log: [{ stream: 'stdout', text: "{'x': 1.5, 'y': 9007199254740993}" }],
      input: { from: 'pasted', text: '{"x": 1.50, "y": 9007199254740993}', changedAt: null },
    });
  });

  test('more lines than are kept are counted', async () => {
    const { tryIt } = await atRest();
    const report = await tryIt({
      code: python('def handler(event, context):\n    for n in range(120):\n        print(n)\n    return {"x": 1}\n'),
    });
    expect([report.linesLeftOut, report.log.at(-1)?.text]).toEqual([70, '119']);
  });
});

/** The function has run a few times and is disabled now. */
async function ranBefore() {
  const around = await surroundings();
  const { under, ctx } = around;
  const results = await under.results('live');
  await around.start();
  for (let tick = 0; tick < 3; tick += 1) await results.next();
  await updateSettings(ctx, ADMIN, { name: 'live', changes: { enabled: false } });
  await expect.poll(() => under.redis.exists(under.keys.lease('live'))).toBe(0);
  return around;
}

const archive = (files: Files) =>
  archiveOf(files, join(suite.scratch, `archive-${Object.keys(files).join('-').replaceAll('/', '_')}`));

describe('a failure names the line', () => {
  const cases = [
    [
      'a Python exception',
      file('python', 'def handler(event, context):\n    x = 1\n    raise KeyError("gone")\n'),
      'invocation',
      "KeyError: 'gone'",
      'usermodule.py',
      3,
    ],
    [
      'a Python syntax error',
      file('python', 'def handler(event, context):\n    x = = 1\n'),
      'init',
      'SyntaxError: invalid syntax',
      'usermodule.py',
      2,
    ],
    [
      'a Python error while it loads',
      file('python', 'import json\n\n\nimport nowhere_to_be_found\n'),
      'init',
      "ModuleNotFoundError: No module named 'nowhere_to_be_found'",
      'usermodule.py',
      4,
    ],
    [
      'a TypeScript exception',
      file(
        'typescript',
        'type A = { x: number };\nexport function handler(event: A): A {\n  throw new RangeError(String(event.x));\n}\n',
      ),
      'invocation',
      'RangeError: 20',
      'usermodule.mts',
      3,
    ],
    [
      'a TypeScript syntax error',
      file('typescript', 'export function handler(event: { x: number }) {\n  const x: number = ;\n}\n'),
      'init',
      'SyntaxError: Expression expected',
      'usermodule.mts',
      2,
    ],
    [
      'a mistake that only V8 finds in TypeScript',
      file(
        'typescript',
        'export function handler(event: { x: number }) {\n  let x = 1;\n  let x = 2;\n  return { x };\n}\n',
      ),
      'init',
      "SyntaxError: Identifier 'x' has already been declared",
      'usermodule.mts',
      3,
    ],
    [
      'a JavaScript syntax error',
      file('javascript', 'export function handler(event) {\n\n  return {;\n}\n'),
      'init',
      "SyntaxError: Unexpected token ';'",
      'usermodule.mjs',
      3,
    ],
  ] as const;
  test.each(cases)('%s', async (_name, code, kind, message, name, line) => {
    const { tryIt } = await atRest();
    const { outcome, failure, tookMs } = await tryIt({ code });
    expect(outcome).toBe('failed');
    expect(failure).toMatchObject({ kind, message: expect.stringContaining(message), file: name, line });
    expect(failure?.traceback).not.toContain('vigia-try-');
    expect(tookMs === null).toBe(kind === 'init');
    expect(triesFolders()).toEqual([]);
  });

  test('in the file of an archive that it is in', async () => {
    const { tryIt } = await atRest();
    const deep = await archive({
      'main.py': 'from rates import of\ndef handler(event, context):\n    return of(event)\n',
      'rates.py': '\n\ndef of(event):\n    return 1 / 0\n',
    });
    expect((await tryIt({ code: { kind: 'archive', bytes: deep } })).failure).toMatchObject({
      file: 'rates.py',
      line: 4,
    });
    const unreadable = await archive({
      'main.mjs': "import { of } from './rates.mjs';\nexport const handler = (event) => of(event);\n",
      'rates.mjs': 'export const of = () => {\n  return 1 1;\n};\n',
    });
    expect((await tryIt({ code: { kind: 'archive', bytes: unreadable } })).failure).toMatchObject({
      kind: 'init',
      file: 'rates.mjs',
      line: 2,
    });
  });

  test('not of what has none', async () => {
    const { tryIt } = await atRest();
    const { failure } = await tryIt({ code: python('def handler(event, context):\n    return {"x": float("nan")}\n') });
    expect(failure).toEqual({ kind: 'bad-result', message: 'nan at $.x' });
    expect((await tryIt({ code: python('x = 1\n') })).failure?.message).toContain("no function called 'handler'");
    const { outcome } = await tryIt({ code: python('import os\ndef handler(event, context):\n    os._exit(3)\n') });
    expect(outcome).toBe('failed');
  });
});

/** A handler that says that it runs, as a file, and then waits for another file, or for ever. */
const waiting = (started: string, goOn = '/nowhere') => `
import os, time
def handler(event, context):
    open(${JSON.stringify(started)}, "w").write(str(os.getpid()))
    while not os.path.exists(${JSON.stringify(goOn)}):
        time.sleep(0.01)
    return {"x": 1}
`;
const there = (path: string) =>
  expect.poll(() => existsSync(path) && readFileSync(path, 'utf8') !== '', PATIENT).toBe(true);
const PATIENT = { timeout: 15_000 };

/** What is left of tries in Redis. */
const left = ({ under }: Surroundings) => under.redis.keys(`${under.config.redis.keyPrefix}{@tries}:*`);

describe('the live function', () => {
  test('and all that is kept of it stay as they are', async () => {
    const around = await ranBefore();
    const before = await dumpOf(around);
    expect(before.length).toBeGreaterThan(5);
    const { tryIt } = around;
    await tryIt({ code: python('def handler(event, context):\n    context.env["n"] = -1\n    return {"n": -1}\n') });
    await tryIt({ code: python('def handler(event, context):\n    raise KeyError\n') });
    await tryIt({ code: python('syntax error') });
    await tryIt({});
    expect(await dumpOf(around)).toEqual(before);
    expect(await left(around)).toEqual([]);
  });

  test.each([
    ['Python', python('def handler(event, context):\n    while True: pass\n')],
    ['JavaScript', file('javascript', 'export const handler = () => {\n  for (;;);\n};\n')],
  ])('ticks on while an endless loop in %s runs into its deadline', async (_name, code) => {
    const { under, tryIt, start } = await surroundings({ settings: { timeoutMs: 1_000 } });
    const results = await under.results('live');
    await start();
    await results.next();
    const before = results.all.length;
    expect(await tryIt({ code })).toMatchObject({
      outcome: 'failed',
      failure: { kind: 'timeout', message: 'timed out at 1.0 s' },
    });
    expect(results.all.length).toBeGreaterThan(before + 5);
    expectUnbroken(results.all);
    expect(triesFolders()).toEqual([]);
  });

  test('ticks on when a try brings down its whole process', async () => {
    const { under, tryIt, start, ctx } = await surroundings();
    await deployCode(ctx, ADMIN, {
      name: 'live',
      code: file(
        'javascript',
        'export const handler = (event, { env }) => ({ n: (env.n = (env.n ?? 0) + 1), pid: process.pid });\n',
      ),
    });
    const results = await under.results('live');
    await start();
    await results.next();
    const kill = 'import { kill } from "node:process";\nexport const handler = () => kill(process.pid, "SIGKILL");\n';
    expect((await tryIt({ code: file('javascript', kill) })).failure).toMatchObject({ kind: 'exit' });
    await results.next();
    const pids = results.all.map(({ result }) => JSON.parse(result ?? '').pid);
    expect(new Set(pids).size).toBe(1);
    expectUnbroken(results.all);
  });
});

describe('env', () => {
  const reads = python(
    'def handler(event, context):\n    return {"n": context.env.get("n", 0), "first": context.last_execution is None, "keys": [context.input_key, context.output_key]}\n',
  );

  test('is a copy of the newest snapshot, or empty', async () => {
    const around = await ranBefore();
    const keys = [around.input, 'live-output'];
    const n = JSON.parse((await around.under.redis.get('live-output')) ?? '').n;
    const copy = await around.tryIt({ code: reads });
    expect(JSON.parse(copy.result?.text ?? '')).toEqual({ n, first: false, keys });
    const empty = await around.tryIt({ code: reads, env: 'empty' });
    expect(JSON.parse(empty.result?.text ?? '')).toEqual({ n: 0, first: true, keys });
  });

  test('says what of it could not be saved', async () => {
    const { tryIt } = await atRest();
    const code = python('def handler(event, context):\n    context.env["lock"] = object()\n    return {"x": 1}\n');
    expect((await tryIt({ code })).notSaved).toEqual([{ path: 'env.lock', type: 'object' }]);
  });

  test('of another language is said to be of no use', async () => {
    const around = await ranBefore();
    const { outcome, log } = await around.tryIt({
      code: file('javascript', 'export const handler = () => ({ x: 1 });'),
    });
    expect([outcome, log]).toEqual([
      'result',
      [{ stream: 'vigia', text: expect.stringContaining('env starts empty') }],
    ]);
  });
});

test('the version that is to run is tried without code, or any other that is kept', async () => {
  const { ctx, tryIt } = await atRest();
  const { version } = await deployCode(ctx, ADMIN, {
    name: 'live',
    code: python('def handler(event, context):\n    return {"v": 2}\n'),
  });
  expect((await tryIt({})).result?.text).toBe('{"v": 2}');
  expect((await tryIt({ version: version - 1, env: 'empty' })).result?.text).toBe('{"n": 1, "x": 20.0}');
});

test('a live input is as old as the function has seen it', async () => {
  const { under, input, tryIt, start } = await surroundings();
  const results = await under.results('live');
  await start();
  const { inputAt } = await results.next();
  expect((await tryIt({})).input.changedAt).toBe(inputAt);
  await under.redis.set(input, 'not JSON');
  expect(await tryIt({})).toMatchObject({
    outcome: 'failed',
    failure: { kind: 'bad-input' },
    input: { text: 'not JSON' },
  });
});

describe('is refused', () => {
  const good = python('def handler(event, context):\n    return {"x": 1}\n');
  test.each([
    ['code that is empty', { code: python(' ') }, 'invalid'],
    ['an archive that is none', { code: { kind: 'archive', bytes: Buffer.from('PK') } }, 'invalid'],
    ['an input that is not JSON', { code: good, input: '{"x": ' }, 'invalid'],
    ['an input that is too large', { code: good, input: `"${'x'.repeat(8 * 1024 * 1024)}"` }, 'invalid'],
    ['code and a version', { code: good, version: 1 }, 'invalid'],
    ['a version that it never had', { version: 77 }, 'not_found'],
    ['a function that is not there', { name: 'nobody', code: good }, 'not_found'],
  ] as const)('%s', async (_name, trial, code) => {
    const around = await surroundings();
    await expect(around.tryIt(trial)).rejects.toMatchObject({ code });
    expect(await left(around)).toEqual([]);
  });

  test('an empty input key, and one that holds something else', async () => {
    const { under, input, tryIt } = await surroundings();
    await under.redis.del(input);
    await expect(tryIt({ code: good })).rejects.toMatchObject({ code: 'not_found' });
    await under.redis.rpush(input, 'a');
    await expect(tryIt({ code: good })).rejects.toMatchObject({ code: 'invalid' });
  });

  test('whoever is no admin', async () => {
    const { ctx } = await surroundings();
    const callers = [
      [null, 'unauthenticated'],
      [{ ...ADMIN, role: 'user' }, 'forbidden'],
    ] as const;
    for (const [caller, code] of callers)
      await expect(tryCode(ctx, caller, { name: 'live', code: good })).rejects.toMatchObject({ code });
  });
});

describe('runtimes', () => {
  const good = python('def handler(event, context):\n    return {"x": 1}\n');

  test('without any, that is said at once', async () => {
    const around = await surroundings();
    const startedAt = performance.now();
    await expect(around.tryIt({ code: good })).rejects.toMatchObject({ code: 'unavailable' });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(await left(around)).toEqual([]);
  });

  test('what nobody took while the last one went is not run later', async () => {
    const around = await surroundings();
    const { under, tryIt, start } = around;
    const listener = under.redis.duplicate();
    await listener.subscribe(under.keys.tries.asked);
    const started = join(suite.scratch, 'never-started');
    const trial = expect(tryIt({ code: python(waiting(started)) })).rejects.toMatchObject({ code: 'unavailable' });
    await expect.poll(() => under.redis.llen(under.keys.tries.waiting)).toBe(1);
    listener.disconnect();
    await trial;
    expect(await left(around)).toEqual([]);
    await start();
    expect((await tryIt({ code: good })).outcome).toBe('result');
    expect(existsSync(started)).toBe(false);
  });

  test('one that is killed in the middle leaves nothing but the word that it has ended', async () => {
    const around = await surroundings();
    const { under, tryIt } = around;
    const runtime = await startFunctionsRuntime({
      REDIS_URL: suite.redisUrl,
      KEY_PREFIX: under.config.redis.keyPrefix,
      VIGIA_HOME: join(suite.scratch, 'killed'),
      FUNCTION_ENABLED: 'false',
      TMPDIR: suite.scratch,
    });
    suite.open.push(runtime);
    await expect.poll(() => under.redis.pubsub('NUMSUB', under.keys.tries.asked), PATIENT).toContain(1);
    const started = join(suite.scratch, 'killed-started');
    const trial = expect(tryIt({ code: python(waiting(started)) })).rejects.toMatchObject({
      code: 'unavailable',
      message: 'The runtime that took it has ended, or could not run it',
    });
    await there(started);
    runtime.child.kill();
    await trial;
    expect(await left(around)).toEqual([]);
    await expectGone(started);
    // The next one removes the folder when no try can be at work in it any more.
    const [folder = ''] = triesFolders();
    await utimes(join(suite.scratch, folder), new Date(0), new Date(0));
    await around.start();
    expect(triesFolders()).toEqual([]);
  });

  test('one that stops ends what it tries, and says so', async () => {
    const around = await surroundings();
    const role = await around.start();
    const started = join(suite.scratch, 'stopped-started');
    const trial = expect(around.tryIt({ code: python(waiting(started)) })).rejects.toMatchObject({
      code: 'unavailable',
    });
    await there(started);
    await role[Symbol.asyncDispose]();
    await trial;
    expect(await left(around)).toEqual([]);
    expect(triesFolders()).toEqual([]);
    await expectGone(started);
  });

  test('what nobody waits for any more is stopped', async () => {
    const around = await atRest();
    const { under, tryIt } = around;
    const started = join(suite.scratch, 'abandoned-started');
    const trial = expect(tryIt({ code: python(waiting(started)) })).rejects.toMatchObject({ code: 'unavailable' });
    await there(started);
    const [taken = ''] = await under.redis.keys(under.keys.tries.taken('*'));
    await under.redis.del(taken);
    await trial;
    await expectGone(started);
    await expect.poll(triesFolders).toEqual([]);
  });

  test('two share the work, and run each request once', async () => {
    const around = await surroundings();
    await Promise.all([around.start(), around.start()]);
    const runs = join(suite.scratch, 'runs');
    const append = `def handler(event, context):\n    open(${JSON.stringify(runs)}, "a").write(f"{event['x']}\\n")\n    return event\n`;
    const inputs = [1, 2, 3, 4, 5, 6];
    const reports = await Promise.all(
      inputs.map((x) => around.tryIt({ code: python(append), input: JSON.stringify({ x }) })),
    );
    expect(reports.map(({ result }) => JSON.parse(result?.text ?? '').x)).toEqual(inputs);
    expect(readFileSync(runs, 'utf8').trim().split('\n').map(Number).sort()).toEqual(inputs);
    expect(await left(around)).toEqual([]);
  });

  test('too many at once are refused, and the others get their turn', async () => {
    const around = await atRest();
    const goOn = join(suite.scratch, 'go-on');
    const code = python(waiting(join(suite.scratch, 'busy-started'), goOn));
    const trials = Array.from({ length: 12 }, () => around.tryIt({ code, env: 'empty' }));
    const outcomes = Promise.allSettled(trials);
    await expect(Promise.race(trials)).rejects.toMatchObject({ code: 'busy' });
    writeFileSync(goOn, '');
    const done = (await outcomes).filter(({ status }) => status === 'fulfilled');
    expect(done.length).toBeGreaterThanOrEqual(8);
    expect(done.length).toBeLessThanOrEqual(10);
    expect(await left(around)).toEqual([]);
  });

  test('go on after Redis has been restarted', async () => {
    const before = await startRedis();
    const { port } = before;
    const around = await surroundings({ url: before.url });
    await around.start();
    expect((await around.tryIt({ code: good })).outcome).toBe('result');
    await before[Symbol.asyncDispose]();
    await expect(tryAgain(around, good)).rejects.toMatchObject({ code: 'unavailable' });
    const after = await startRedis({ port });
    suite.open.push(after);
    await around.under.redis.set(around.input, '{"x": 1}');
    await createFunction(around.ctx, ADMIN, { name: 'live', settings: { inputKey: around.input } });
    const outcome = () =>
      around.tryIt({ code: good }).then(
        (report) => report.outcome,
        ({ code }) => code,
      );
    await expect.poll(outcome, PATIENT).toBe('result');
  });
});

/** With a client that gives up, as every role's does. */
async function tryAgain({ under }: Surroundings, code: Trial['code']) {
  const client = createCommandClient(under.config.redis, 'test', under.log);
  try {
    await client.connect().catch(() => {});
    return await tryCode(createContext(under.config, client, under.log), ADMIN, { name: 'live', code });
  } finally {
    client.disconnect();
  }
}

/** The process whose id a handler has written ends. */
async function expectGone(started: string): Promise<void> {
  const pid = Number(readFileSync(started, 'utf8'));
  await expect.poll(() => existsSync(`/proc/${pid}`), PATIENT).toBe(false);
}
