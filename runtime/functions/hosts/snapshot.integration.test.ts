import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Host, HostOrder, Outcome } from './host.ts';
import { Hosts } from './hosts.ts';
import type { Snapshot } from './protocol.ts';

const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', TZ: 'UTC' };
const context = { host: 'redis.example', port: 6380, input_key: 'in', output_key: 'out' };
const hosts = new Hosts({ python: 'python3', env });
const scratch = mkdtempSync(join(tmpdir(), 'vigia-test-'));
afterAll(async () => {
  await hosts[Symbol.asyncDispose]();
  rmSync(scratch, { recursive: true });
});

const python = { language: 'python', ending: 'py', damaged: '{"deque":[{"tuple":3}]}' };
const javaScript = { language: 'javascript', ending: 'ts', damaged: '"/w8BAgME"' };
const kinds = [python, javaScript].flatMap((each) => [
  { ...each, isolation: 'own' as const },
  { ...each, isolation: 'shared' as const },
]);

const open: Host[] = [];
const lines: string[] = [];
afterEach(async () => {
  for (const host of open.splice(0)) await host[Symbol.asyncDispose]();
  lines.length = 0;
});

type Before = { snapshot: string | undefined; lastExecutionAt?: number | undefined };

type Isolation = HostOrder['isolation'];

async function hosted(isolation: Isolation, file: string, handler: string, before?: Before): Promise<Host> {
  const path = resolve(import.meta.dirname, 'fixtures', file);
  const language = file.endsWith('.py') ? 'python' : 'typescript';
  const host = await hosts.start({
    name: 'f',
    isolation,
    language,
    path,
    handler,
    log: (stream, line) => lines.push(`${stream} ${line}`),
  });
  open.push(host);
  host.setContext(context);
  expect(await host.load(10_000)).toBeNull();
  if (before !== undefined) await host.restore(before.snapshot ?? '', before.lastExecutionAt ?? null, 10_000);
  return host;
}

async function call(host: Host, input: unknown = {}) {
  const outcome: Outcome = await host.invoke(Buffer.from(JSON.stringify(input)), 10_000);
  const result: unknown = outcome.kind === 'result' ? JSON.parse(outcome.text) : null;
  const snapshot: Snapshot | undefined = 'snapshot' in outcome ? outcome.snapshot : undefined;
  return { kind: outcome.kind, result, snapshot };
}

describe.each(kinds)('env in a $language host, $isolation', ({ isolation, language, ending, damaged }) => {
  const fresh = (handler: string, snapshot?: string, lastExecutionAt?: number) =>
    hosted(isolation, `state.${ending}`, handler, snapshot === undefined ? undefined : { snapshot, lastExecutionAt });

  test('comes back as it was, in another host, before its first invocation', async () => {
    const before = await call(await fresh('keeps_all'), { fill: true });
    expect(before.snapshot?.notSaved).toEqual([]);
    const after = await call(await fresh('keeps_all', before.snapshot?.text));
    expect(after.result).toEqual(before.result);
    expect(lines).toEqual([]);
  });

  test('keeps what is shared shared, and a loop a loop', async () => {
    const before = await call(await fresh('shares'), { fill: true });
    const after = await call(await fresh('shares', before.snapshot?.text));
    expect(after.result).toEqual({ same: true, loop: true });
  });

  test('names what cannot be saved, which stays in memory, and saves the rest', async () => {
    const host = await fresh('keeps_unsavable');
    const { snapshot } = await call(host, { fill: true });
    const deep = language === 'python' ? 'lock' : 'WeakMap';
    expect(snapshot?.notSaved).toEqual([
      { path: 'env.model', type: 'Tally' },
      { path: 'env.on', type: 'function' },
      { path: 'env.deep.lock', type: deep },
    ]);
    expect(await call(host)).toMatchObject({ result: { has: ['deep', 'model', 'n', 'on', 'window'] } });
    const after = await call(await fresh('keeps_unsavable', snapshot?.text));
    // Python leaves out an item of a dict, wherever it is; structured clone takes or leaves whole entries of env.
    const has = language === 'python' ? ['deep', 'n', 'window'] : ['n', 'window'];
    expect(after.result).toEqual({ has, window: [1, 2], n: 3 });
  });

  test('is sent only when there is something new', async () => {
    expect((await call(await fresh('keeps_nothing'))).snapshot).toBeUndefined();
    const host = await fresh('keeps_bytes');
    const { snapshot } = await call(host, { bytes: 10 });
    expect(snapshot?.text).toContain(`"language":"${language}"`);
    expect((await call(host, { bytes: 10 })).snapshot).toBeUndefined();
    const restored = await fresh('keeps_bytes', snapshot?.text);
    expect((await call(restored, { bytes: 10 })).snapshot).toBeUndefined();
    expect((await call(host, { bytes: 11 })).snapshot).toBeDefined();
    expect((await call(host, { bytes: 0 })).snapshot).toEqual({ text: '', notSaved: [] });
    expect((await call(host, { bytes: 0 })).snapshot).toBeUndefined();
  });

  test('is saved after an empty result as well', async () => {
    const { kind, snapshot } = await call(await fresh('returns_nothing'));
    expect(kind).toBe('nothing');
    expect(snapshot?.text).not.toBe('');
  });

  test('is not saved after a failure, and again after the next good invocation', async () => {
    const host = await fresh('fails_after_a_change');
    const first = await call(host, { seen: 1 });
    for (const input of [{}, { seen: 1, bad: true }])
      expect(await call(host, input)).toEqual({ kind: 'failed', result: null, snapshot: undefined });
    const last = await call(host, { seen: 1 });
    expect(last).toMatchObject({ result: { n: 4 } });
    for (const [{ snapshot }, n] of [[first, 2] as const, [last, 5] as const])
      expect(await call(await fresh('fails_after_a_change', snapshot?.text), { seen: 1 })).toMatchObject({
        result: { n },
      });
  });

  test('can be saved at any time, when there is something new', async () => {
    const host = await fresh('keeps_bytes');
    await call(host, { bytes: 100_000 });
    expect(await host.save(10_000)).toBeNull();
    expect((await call(host, { bytes: 100_001 })).snapshot).toBeUndefined();
    const saved = await host.save(10_000);
    expect(saved?.text.length).toBeGreaterThan(100_000);
    expect(await host.save(10_000)).toBeNull();
    const after = await fresh('keeps_bytes', saved?.text);
    expect((await call(after, { bytes: 100_001 })).snapshot).toBeUndefined();
    await call(host, { bytes: 2_000_000 });
    expect(await host.save(10_000)).toEqual({
      text: '',
      notSaved: [{ path: 'env', type: 'larger than 1024 KiB' }],
    });
  });

  test('cannot be saved when its host is gone', async () => {
    const host = await fresh('keeps_bytes');
    await call(host, { bytes: 1 });
    await host[Symbol.asyncDispose]();
    expect(await host.save(10_000)).toBeNull();
  });

  test('comes back with the time of the last execution, also without a snapshot', async () => {
    const at = Date.UTC(2025, 11, 4, 22, 23, 48, 287);
    const { result, snapshot } = await call(await fresh('sees_the_last_execution', '', at));
    expect(result).toEqual({ last: '2025-12-04T22:23:48.287', calls: 1 });
    expect((await call(await fresh('sees_the_last_execution', snapshot?.text, at))).result).toEqual({
      last: '2025-12-04T22:23:48.287',
      calls: 2,
    });
    expect((await call(await fresh('sees_the_last_execution', snapshot?.text))).result).toEqual({
      last: null,
      calls: 2,
    });
  });

  test('that is lost makes the next execution the first', async () => {
    expect((await call(await fresh('sees_the_last_execution', 'garbage', Date.now()))).result).toEqual({
      last: null,
      calls: 1,
    });
  });

  test('above 64 KiB is sent now and then, above 1 MiB not at all', async () => {
    const host = await fresh('keeps_bytes');
    expect((await call(host, { bytes: 100_000 })).snapshot?.text.length).toBeGreaterThan(100_000);
    expect((await call(host, { bytes: 100_001 })).snapshot).toBeUndefined();
    for (const bytes of [1_048_000 * 1.1, 50_000_000]) {
      const { snapshot } = await call(await fresh('keeps_bytes'), { bytes: Math.round(bytes) });
      expect(snapshot).toEqual({ text: '', notSaved: [{ path: 'env', type: 'larger than 1024 KiB' }] });
    }
  });

  test.each([
    ['not JSON', 'garbage', 'it cannot be read'],
    ['nothing of ours', '{"a":1}', 'it cannot be read'],
    ['of another language', '{"language":"cobol","format":1,"env":""}', 'it is one of cobol, format 1'],
    ['of another format', `{"language":"${language}","format":99,"env":""}`, 'format 99'],
    ['damaged', `{"language":"${language}","format":1,"env":${damaged}}`, 'it cannot be read'],
    ['cut off', `{"language":"${language}","format":1,"env":{"dict":["a`, 'it cannot be read'],
  ])('a snapshot that is %s is said and left alone', async (_name, text, reason) => {
    const host = await fresh('keeps_nothing', text);
    expect(lines).toEqual([expect.stringContaining(`vigia env starts empty, its snapshot is of no use: `)]);
    expect(lines[0]).toContain(reason);
    // Even an empty env replaces it.
    expect(await call(host)).toEqual({ kind: 'result', result: { env: 0 }, snapshot: { text: '', notSaved: [] } });
  });
});

test('a JavaScript env leaves out entries that only look clonable', async () => {
  const { snapshot } = await call(await hosted('own', 'state.ts', 'keeps_a_proxy'), { fill: true });
  expect(snapshot?.notSaved).toEqual([
    { path: 'env.list[0]', type: 'Tally' },
    { path: 'env.sub', type: expect.any(String) },
    { path: 'env.proxy', type: 'Object' },
  ]);
  const after = await call(await hosted('own', 'state.ts', 'keeps_a_proxy', { snapshot: snapshot?.text }));
  expect(after.result).toEqual({ has: ['n'] });
});

test('a JavaScript env that cannot even be looked at keeps its last snapshot', async () => {
  const host = await hosted('own', 'state.ts', 'becomes_unreadable');
  const before = await call(host, { fill: true });
  expect(await call(host)).toMatchObject({
    kind: 'result',
    snapshot: { text: before.snapshot?.text, notSaved: [{ path: 'env', type: 'unreadable: TypeError' }] },
  });
});

test('a Python function neither finds the host’s modules nor shadows them', async () => {
  const host = await hosted('own', 'state.py', 'sees_the_host');
  expect((await call(host)).result).toEqual({ found: [], import: 'ImportError' });
  const own = join(scratch, 'snapshot.py');
  writeFileSync(own, 'raise_if_used = 1\n');
  writeFileSync(join(scratch, 'env_saver.py'), 'raise ImportError("the function’s own")\n');
  const path = join(scratch, 'uses.py');
  writeFileSync(
    path,
    'import snapshot\ndef handler(event, context):\n    context.env["n"] = 1\n    return {"file": snapshot.__file__}\n',
  );
  const { result, snapshot } = await call(await hosted('own', path, 'handler'));
  expect(result).toEqual({ file: own });
  expect(snapshot?.text).toBe('{"language":"python","format":1,"env":{"dict":["n",1]}}');
});
