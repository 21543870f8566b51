import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Host, HostOrder, Outcome } from './host.ts';
import { Hosts } from './hosts.ts';

const fixture = (file: string) => resolve(import.meta.dirname, 'fixtures', file);
const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', TZ: 'UTC' };
const context = { host: 'redis.example', port: 6380, input_key: 'in', output_key: 'out' };

const hosts = new Hosts({ python: 'python3', env });
const scratch = mkdtempSync(join(tmpdir(), 'vigia-test-'));
afterAll(async () => {
  await hosts[Symbol.asyncDispose]();
  rmSync(scratch, { recursive: true });
});

let started = 0;

/** Code that does not load, by its fault. */
const broken = {
  py: {
    'bad syntax': 'def handler(event, context)\n    return {}\n',
    'a missing module': 'import a_module_that_is_not_there\n',
    'its own end': 'import os\nos._exit(7)\n',
  },
  ts: {
    'bad syntax': 'export function handler( {\n',
    'a missing module': "import 'a-module-that-is-not-there';\n",
    'its own end': 'process.exit(7);\n',
  },
};

const kinds = [
  { isolation: 'own' as const, language: 'Python', ending: 'py' as const },
  { isolation: 'shared' as const, language: 'Python', ending: 'py' as const },
  { isolation: 'own' as const, language: 'JavaScript', ending: 'ts' as const },
  { isolation: 'shared' as const, language: 'JavaScript', ending: 'ts' as const },
];

describe.each(kinds)('a $language host, $isolation', ({ isolation, language, ending }) => {
  const open: Host[] = [];
  const lines: string[] = [];
  afterEach(async () => {
    for (const host of open.splice(0)) await host[Symbol.asyncDispose]();
    lines.length = 0;
  });

  async function unloaded(handler: string, file = `functions.${ending}`): Promise<Host> {
    const host = await hosts.start({
      // What has brought down a shared host once lives alone.
      name: `f${++started}`,
      isolation,
      language: ending === 'py' ? 'python' : 'typescript',
      path: fixture(file),
      handler,
      log: (stream, line) => lines.push(`${stream} ${line}`),
    });
    open.push(host);
    host.setContext(context);
    return host;
  }

  async function loaded(handler: string, file?: string): Promise<Host> {
    const host = await unloaded(handler, file);
    expect(await host.load(10_000)).toBeNull();
    return host;
  }

  const call = (host: Host, input: unknown = { n: 1 }, timeoutMs = 10_000): Promise<Outcome> =>
    host.invoke(Buffer.from(typeof input === 'string' ? input : JSON.stringify(input)), timeoutMs);

  const failureOf = (outcome: Outcome) => (outcome.kind === 'failed' ? outcome.failure : null);

  test('returns what the handler returns', async () => {
    const host = await loaded('echo');
    const outcome = await call(host, { n: 1, nested: { deep: [true, null, 'é'] } });
    expect(outcome.kind === 'result' && JSON.parse(outcome.text)).toEqual({
      n: 1,
      nested: { deep: [true, null, 'é'] },
    });
  });

  test('writes nothing for an empty result', async () => {
    expect(await call(await loaded('nothing'))).toEqual({ kind: 'nothing' });
  });

  test('gives the context of the reference runtime', async () => {
    const host = await loaded('sees_context');
    const first = await call(host);
    host.setContext({ ...context, output_key: 'moved' });
    const second = await call(host);
    expect(first.kind === 'result' && JSON.parse(first.text)).toEqual({
      ...context,
      mtime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      first: true,
      calls: 1,
    });
    expect(second.kind === 'result' && JSON.parse(second.text)).toMatchObject({
      output_key: 'moved',
      first: false,
      calls: 2,
    });
  });

  test('keeps real objects in env between invocations, also a rebound env', async () => {
    const host = await loaded('keeps_state');
    for (const n of [1, 2, 3]) await call(host, { n });
    const outcome = await call(host, { n: 4 });
    expect(outcome.kind === 'result' && JSON.parse(outcome.text)).toEqual({ window: [2, 3, 4], tally: 4, times: 4 });
  });

  test('a handler that throws has failed with a traceback of its own lines, and lives on', async () => {
    const host = await loaded('throws');
    const failure = failureOf(await call(host));
    expect(failure?.kind).toBe('invocation');
    expect(failure?.message).toMatch(language === 'Python' ? /^KeyError: 'missing'$/ : /^TypeError: /);
    expect(failure?.traceback).toContain(`functions.${ending}`);
    expect(failure?.traceback).not.toMatch(/host\.py|worker\.ts/);
    expect(failureOf(await call(host))?.kind).toBe('invocation');
  });

  test('what it prints becomes log lines', async () => {
    const host = await loaded('prints_a_line');
    await call(host);
    await expect
      .poll(() => lines)
      .toEqual(expect.arrayContaining(['stdout hello from the function', 'stderr and its errors']));
  });

  test('megabytes of print neither block nor break it', async () => {
    const host = await loaded('prints_megabytes');
    expect((await call(host)).kind).toBe('result');
    expect((await call(host)).kind).toBe('result');
  });

  test('lines that look like the protocol are only lines', async () => {
    const host = await loaded('prints_frames');
    for (let round = 0; round < 3; round++) {
      const outcome = await call(host);
      expect(outcome.kind === 'result' && JSON.parse(outcome.text)).toEqual({ forged: false });
    }
  });

  test('a handler that never returns is ended at its deadline', async () => {
    const host = await loaded('never_returns');
    const startedAt = performance.now();
    expect(failureOf(await call(host, {}, 300))).toEqual({ kind: 'timeout', message: 'timed out at 0.30 s' });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(299);
    await host.ended;
  });

  test('a handler that ends its process says how', async () => {
    const host = await loaded('exits');
    expect(failureOf(await call(host))).toEqual({ kind: 'exit', message: "the function's process exited with code 3" });
    expect(await host.ended).toEqual({ how: 'exited with code 3', innocent: false });
  });

  test.each([
    ['returns_nan', /nan at \$\.a\.b/i],
    ['returns_infinity', /-inf(inity)? at \$\.a\.1/i],
    ['returns_set', /a set at \$\.a\.b/i],
    ['returns_bytes', /a (bytes|buffer) at \$\.a/i],
    ['returns_list', /a (list|array) at \$/i],
    ['returns_cycle', /a reference to itself at \$\.a\.self/],
    ['returns_too_deep', /nested too deeply at \$/],
  ])('%s is a bad result that names the path, and the host lives', async (handler, message) => {
    const host = await loaded(handler);
    for (let round = 0; round < 2; round++) {
      expect(failureOf(await call(host))).toEqual({ kind: 'bad-result', message: expect.stringMatching(message) });
    }
  });

  test('dates become ISO text', async () => {
    const outcome = await call(await loaded('returns_datetime'));
    expect(outcome.kind === 'result' && JSON.parse(outcome.text)).toEqual({
      at: expect.stringMatching(/^2025-12-04T22:23:48/),
      price: 2,
    });
  });

  test('nested results pass', async () => {
    const outcome = await call(await loaded('returns_nested'));
    expect(outcome.kind === 'result' && JSON.parse(outcome.text)).toEqual({
      cpus: { 'cpu-0': { avg: 1.5 } },
      list: [1, { two: 2 }],
    });
  });

  test('numbers reach Redis as they were written', async () => {
    const outcome = await call(await loaded('returns_big_numbers'));
    const text = outcome.kind === 'result' ? outcome.text.replaceAll(' ', '') : '';
    expect(text).toContain('"big":9007199254740993');
    expect(text).toContain(`"huge":1${'0'.repeat(400)}`);
    expect(text).toContain('"negative_zero":-0.0');
    if (language === 'Python') expect(text).toContain('"float":20.0');
  });

  test.each(['{"a": ', '', `${'['.repeat(100_000)}`])(
    'input that is not JSON is refused, not the handler’s failure: %.10s',
    async (input) => {
      const host = await loaded('echo');
      expect(failureOf(await call(host, input))).toMatchObject({
        kind: 'bad-input',
        message: expect.stringMatching(/^not JSON: /),
      });
      expect((await call(host)).kind).toBe('result');
    },
  );

  test('an input of megabytes passes', async () => {
    const host = await loaded('echo');
    const outcome = await call(host, { text: 'é'.repeat(1_000_000) });
    expect(outcome.kind).toBe('result');
  });

  test.each([
    ['bad syntax', /SyntaxError/],
    ['a missing module', /a[-_]module[-_]that[-_]is[-_]not[-_]there/],
    ['its own end', /exited with code 7 while it loaded/],
  ] as const)('code that does not load is an init failure: %s', async (fault, message) => {
    const file = join(scratch, `${fault.replaceAll(' ', '-')}.${ending}`);
    writeFileSync(file, broken[ending][fault]);
    const host = await unloaded('handler', file);
    expect(await host.load(10_000)).toMatchObject({ kind: 'init', message: expect.stringMatching(message) });
    await host.ended;
  });

  test('a handler that is not there is named, with those that are', async () => {
    const failure = await (await unloaded('handle')).load(10_000);
    expect(failure?.kind).toBe('init');
    expect(failure?.message).toContain(`functions.${ending}`);
    expect(failure?.message).toMatch(/'handle'; it has: .*echo/);
  });

  test.each(['functions.echo', `functions.${ending}:echo`])('finds %s', async (handler) => {
    expect((await call(await loaded(handler))).kind).toBe('result');
  });

  test.each(['package_of_three.inner.deep.work', `package_of_three/inner/deep.${ending}:work`])(
    'finds %s',
    async (handler) => {
      const outcome = await call(await loaded(handler));
      expect(outcome.kind === 'result' && JSON.parse(outcome.text).where).toMatch(/deep$/);
    },
  );

  test('being disposed of ends it, busy or not', async () => {
    const host = await loaded('never_returns');
    const outcome = call(host, {}, 10_000);
    await host[Symbol.asyncDispose]();
    expect(failureOf(await outcome)?.kind).toBe('exit');
  });
});

describe('JavaScript hosts together', () => {
  const order = (handler: string, file = 'functions.ts'): HostOrder => ({
    name: handler,
    isolation: 'own',
    language: 'typescript',
    path: fixture(file),
    handler,
    log: () => {},
  });

  test('a worker that cannot be stopped takes only a moment, and the next one starts in a new process', async () => {
    const stuck = await hosts.start(order('stuck_in_native_code'));
    expect(await stuck.load(10_000)).toBeNull();
    expect((await stuck.invoke(Buffer.from('{}'), 200)).kind).toBe('failed');
    await stuck.ended;
    await using next = await hosts.start(order('echo'));
    expect(await next.load(10_000)).toBeNull();
    expect(await next.invoke(Buffer.from('{"n":1}'), 10_000)).toEqual({ kind: 'result', text: '{"n":1}' });
  });

  test('what their process has compiled is kept as soon as it runs, since it is killed in the end', async () => {
    const compiled = join(scratch, 'compiled');
    await using apart = new Hosts({ python: 'python3', env: { ...env, NODE_COMPILE_CACHE: compiled } });
    await using host = await apart.start(order('echo'));
    expect(await host.load(10_000)).toBeNull();
    const kept = readdirSync(compiled, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(kept).not.toEqual([]);
  });

  test('CommonJS loads as well', async () => {
    await using host = await hosts.start(order('handler', 'common.cjs'));
    expect(await host.load(10_000)).toBeNull();
    expect(await host.invoke(Buffer.from('{"n":1}'), 10_000)).toEqual({ kind: 'result', text: '{"common":1}' });
  });
});

const python = (path: string, handler: string): HostOrder => ({
  name: 'f',
  isolation: 'own',
  language: 'python',
  path,
  handler,
  log: () => {},
});

test('a Python handler that forks answers once', async () => {
  await using host = await hosts.start(python(fixture('functions.py'), 'forks'));
  expect(await host.load(10_000)).toBeNull();
  for (let round = 0; round < 3; round++) {
    expect(await host.invoke(Buffer.from('{}'), 10_000)).toEqual({ kind: 'result', text: '{"child": false}' });
  }
});

test('a Python file may be called like a module of the standard library', async () => {
  const path = join(scratch, 'json.py');
  writeFileSync(path, 'def handler(event, context):\n    return {"module": __name__}\n');
  await using host = await hosts.start(python(path, 'json.handler'));
  expect(await host.load(10_000)).toBeNull();
  expect((await host.invoke(Buffer.from('{}'), 10_000)).kind).toBe('result');
});

test('a Python that is not there is said by name', async () => {
  await using without = new Hosts({ python: 'python-that-is-not-there', env });
  await expect(without.start(python(fixture('functions.py'), 'echo'))).rejects.toThrow(
    /python-that-is-not-there is not installed/,
  );
});
