import { describe, expect, test } from 'vitest';
import { ADMIN } from '#lib/auth/accounts.fixture';
import { type Context, createContext } from '#lib/context';
import { findInvocation } from '#lib/functions/find-invocation';
import { MAX_KEPT_TEXT, type NewInvocation } from '#lib/functions/invocation-entries';
import { keepInvocations, MAX_INVOCATIONS, MAX_WITH_TEXTS } from '#lib/functions/keep-invocations';
import { listInvocations } from '#lib/functions/list-invocations';
import { readInvocation } from '#lib/functions/read-invocation';
import { invocation, invocationSummary } from '#lib/schemas/invocation';
import { declared } from '../../../e2e/support/declared.ts';
import { roleSuite } from '../../../e2e/support/role-suite.ts';
import { startFunctionsRole } from '../role.ts';

const suite = roleSuite();
/** Of whoever writes records without running a function. */
const LEASE = '1 {}';
const { open } = suite;

/** A functions role with this code on the suite's Redis, called with each input that is written. */
async function running(file: string, source: string) {
  const { under, input } = suite.surroundings({
    FUNCTION_PATH: suite.code(file, source),
    FUNCTION_INVOKE: 'change',
    FUNCTION_TIMEOUT: '1',
    MONITORING_PERIOD: '0.01',
  });
  const ctx = createContext(under.config, under.redis, under.log);
  const results = await under.results();
  const write = (value: unknown) => under.redis.set(input, JSON.stringify(value));
  const list = () => listInvocations(ctx, ADMIN, { name: 'default', limit: 200 });
  /** Waits until so many invocations are recorded, and reads the newest. */
  const recorded = async (count: number) => {
    await expect.poll(async () => (await list()).length, { timeout: 10_000 }).toBeGreaterThanOrEqual(count);
    const [newest] = await list();
    return invocation.parse(await readInvocation(ctx, ADMIN, { name: 'default', id: newest?.id ?? '0-0' }));
  };
  return { under, ctx, results, write, list, recorded, start: () => startFunctionsRole(under.config, under.log) };
}

const PRINTS = {
  'prints.py': `
import sys
print("while it loads")
def handler(event, context):
    if event["x"] == "nothing":
        return None
    print("x is", event["x"])
    print("to stderr", file=sys.stderr)
    if event["x"] == "boom":
        raise KeyError("gone")
    return {"x": event["x"]}
`,
  'prints.ts': `
console.log('while it loads');
export function handler(event: { x: string }) {
  if (event.x === 'nothing') return null;
  console.log('x is', event.x);
  console.error('to stderr');
  if (event.x === 'boom') throw new TypeError('gone');
  return { x: event.x };
}
`,
};

describe.each(Object.entries(PRINTS))('%s', (file, source) => {
  test('each invocation has its record, with its own lines, its input and its result', async () => {
    const { under, results, write, start, recorded, list } = await running(file, source);
    await write({ x: 'one' });
    open.push(await start());
    const { id } = await results.next();
    const first = await recorded(1);
    expect(first).toMatchObject({
      id,
      outcome: 'result',
      version: (await under.state())?.version,
      input: { text: '{"x":"one"}', bytes: 11, isCut: false },
      result: { text: expect.stringMatching(/^\{"x": ?"one"\}$/), isCut: false },
      isComplete: true,
      linesLeftOut: 0,
    });
    const texts = (log: typeof first.log) => log.map(({ text }) => text).sort();
    expect(texts(first.log)).toEqual(['to stderr', 'while it loads', 'x is one']);
    expect(first.log.find(({ text }) => text === 'to stderr')?.stream).toBe('stderr');

    await write({ x: 'boom' });
    const failed = await recorded(2);
    expect(failed).toMatchObject({ outcome: 'failed', result: null, input: { text: '{"x":"boom"}' } });
    expect(failed.failure?.message).toMatch(/gone/);
    expect(failed.failure?.traceback).toContain(file);
    expect(texts(failed.log)).toEqual(['to stderr', 'x is boom']);

    await write({ x: 'nothing' });
    expect(await recorded(3)).toMatchObject({
      outcome: 'nothing',
      result: null,
      log: [],
      input: { text: '{"x":"nothing"}' },
    });
    await write({ x: 'two' });
    expect(texts((await recorded(4)).log)).toEqual(['to stderr', 'x is two']);
    const all = await list();
    expect(all.map(({ outcome }) => outcome)).toEqual(['result', 'nothing', 'failed', 'result']);
    expect(all.map(({ startedAt }) => startedAt)).toEqual(
      all.map(({ startedAt }) => startedAt).toSorted((a, b) => b - a),
    );
  });
});

test('invocations in quick succession keep their lines apart', async () => {
  const { results, write, start, recorded, list, ctx } = await running(
    'quick.py',
    'def handler(event, context):\n    print("line", event["n"])\n    return {"n": event["n"]}\n',
  );
  await write({ n: 0 });
  open.push(await start());
  await results.next();
  for (let n = 1; n <= 30; n++) {
    await write({ n });
    await results.next();
  }
  await recorded(31);
  for (const { id } of await list()) {
    const { log, result } = await readInvocation(ctx, ADMIN, { name: 'default', id });
    const n = JSON.parse(result?.text ?? '{}').n;
    expect(log.map(({ text }) => text)).toEqual([`line ${n}`]);
  }
});

test('a death is recorded with what was printed before it, and code that does not load with its traceback', async () => {
  const { write, start, recorded } = await running(
    'dies.py',
    'import os\ndef handler(event, context):\n    print("the last words", flush=True)\n    os._exit(3)\n',
  );
  await write({});
  open.push(await start());
  expect(await recorded(1)).toMatchObject({
    outcome: 'failed',
    failure: { kind: 'exit' },
    log: [{ stream: 'stdout', text: 'the last words' }],
  });

  const broken = await running('broken.py', 'print("so far")\nimport a_module_that_is_not_there\n');
  await broken.write({});
  open.push(await broken.start());
  const record = await broken.recorded(1);
  expect(record).toMatchObject({
    outcome: 'failed',
    failure: { kind: 'init' },
    input: null,
    log: [{ text: 'so far' }],
  });
  expect(record.failure?.traceback).toContain('broken.py');
});

test('stopping writes what is still pending, and does not call the last invocation a failure', async () => {
  const { results, write, start, list } = await running(
    'stops.py',
    'import time\ndef handler(event, context):\n    time.sleep(event["s"])\n    return {"a": 1}\n',
  );
  await write({ s: 0 });
  const role = await start();
  await results.next();
  await write({ s: 0.9 });
  await role[Symbol.asyncDispose]();
  expect((await list()).map(({ outcome }) => outcome)).not.toContain('failed');
  expect((await list()).length).toBeGreaterThan(0);
});

describe('what is kept', () => {
  async function context(): Promise<Context> {
    const { under } = suite.surroundings({});
    const ctx = createContext(under.config, under.redis, under.log);
    await declared(ctx, 'f');
    await ctx.redis.set(ctx.keys.lease('f'), LEASE);
    return ctx;
  }
  const record = (index: number, rest: Partial<NewInvocation> = {}): NewInvocation => ({
    id: `${1_800_000_000_000 + index}-0`,
    startedAt: index,
    lagMs: 0,
    tookMs: 1,
    version: 'v1',
    outcome: index % 10 === 0 ? 'failed' : 'result',
    ...(index % 10 === 0 ? { failure: { kind: 'invocation', message: `m${index}`, traceback: 't' } } : {}),
    log: [],
    linesLeftOut: 0,
    texts: { input: Buffer.from(`in ${index}`), result: `out ${index}` },
    ...rest,
  });

  test('exactly 1,000 records, of which exactly the newest 200 have their texts', async () => {
    const ctx = await context();
    await keepInvocations(
      ctx,
      'f',
      LEASE,
      Array.from({ length: 1_237 }, (_, index) => record(index)),
    );
    expect(await ctx.redis.xlen(ctx.keys.invocations('f'))).toBe(MAX_INVOCATIONS);
    expect(await ctx.redis.xlen(ctx.keys.invocationTexts('f'))).toBe(MAX_WITH_TEXTS);
    expect(await ctx.redis.pttl(ctx.keys.invocationTexts('f'))).toBeGreaterThan(0);
    const at = (index: number) => readInvocation(ctx, ADMIN, { name: 'f', id: record(index).id });
    expect((await at(1_236 - 199)).input?.text).toBe('in 1037');
    expect(await at(1_236 - 200)).toMatchObject({ input: null, result: null, isComplete: true });
    await expect(at(236)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a list goes on where the last one ended, and can be of one outcome alone', async () => {
    const ctx = await context();
    await keepInvocations(
      ctx,
      'f',
      LEASE,
      Array.from({ length: 600 }, (_, index) => record(index)),
    );
    const first = await listInvocations(ctx, ADMIN, { name: 'f', limit: 70 });
    const second = await listInvocations(ctx, ADMIN, { name: 'f', limit: 70, before: first.at(-1)?.id });
    expect([...first, ...second].map(({ startedAt }) => startedAt)).toEqual(
      Array.from({ length: 140 }, (_, index) => 599 - index),
    );
    for (const each of first) expect(invocationSummary.parse(each)).toEqual(each);
    const failed = await listInvocations(ctx, ADMIN, { name: 'f', limit: 55, outcome: 'failed' });
    expect(failed.map(({ failure }) => failure?.message)).toEqual(
      Array.from({ length: 55 }, (_, index) => `m${590 - index * 10}`),
    );
    expect(await listInvocations(ctx, ADMIN, { name: 'f', limit: 100, outcome: 'failed' })).toHaveLength(60);
    expect(await listInvocations(ctx, ADMIN, { name: 'f', limit: 5, outcome: 'nothing' })).toEqual([]);
  });

  test('of a large text the beginning, and how large it was', async () => {
    const ctx = await context();
    const large = `x${'é'.repeat(MAX_KEPT_TEXT)}`;
    await keepInvocations(ctx, 'f', LEASE, [record(1, { texts: { input: Buffer.from(large), result: large } })]);
    const { input, result } = await readInvocation(ctx, ADMIN, { name: 'f', id: record(1).id });
    expect(input).toEqual(result);
    expect(input).toMatchObject({ bytes: 2 * MAX_KEPT_TEXT + 1, isCut: true });
    expect(Buffer.byteLength(input?.text ?? '')).toBe(MAX_KEPT_TEXT - 1);
    expect(large.startsWith(input?.text ?? '-')).toBe(true);
  });

  test('an id that Redis does not take is replaced, and its texts are found under the new one', async () => {
    const ctx = await context();
    await keepInvocations(ctx, 'f', LEASE, [record(5), record(4, { outcome: 'nothing' })]);
    const [newest] = await listInvocations(ctx, ADMIN, { name: 'f', limit: 1 });
    expect(newest).toMatchObject({ outcome: 'nothing' });
    expect((await readInvocation(ctx, ADMIN, { name: 'f', id: newest?.id ?? '' })).input?.text).toBe('in 4');
  });

  test('each knows those before and after it, and the nearest to a time is found', async () => {
    const ctx = await context();
    await keepInvocations(ctx, 'f', LEASE, [record(1_000), record(2_000, { outcome: 'nothing' })]);
    await ctx.redis.xadd(ctx.keys.history('f'), '900-0', 'i', 1, 'd', 2, 'l', 3, 'v', 'v1', 'r', '{"a":1}');
    const ids = [record(1_000).id, record(2_000).id];
    const between = await readInvocation(ctx, ADMIN, { name: 'f', id: ids[0] ?? '' });
    expect(between).toMatchObject({ previous: '900-0', next: ids[1] });
    const [first, last] = await Promise.all(
      ['900-0', ids[1] ?? ''].map((id) => readInvocation(ctx, ADMIN, { name: 'f', id })),
    );
    expect([first?.previous, last?.next]).toEqual([null, null]);
    const nearest = async (at: number) => (await findInvocation(ctx, ADMIN, { name: 'f', at })).id;
    const times = [0, 900, 1_800_000_001_499, 1_800_000_001_501, 1_800_000_002_000, 1_900_000_000_000];
    expect(await Promise.all(times.map(nearest))).toEqual(['900-0', '900-0', ids[0], ids[1], ids[1], ids[1]]);
  });

  test('who is not signed in sees neither what was printed nor where in the code it failed', async () => {
    const ctx = await context();
    const failure = { kind: 'invocation', message: 'KeyError', traceback: 'line 3, in handler' } as const;
    const log = [{ stream: 'stdout', text: 'a secret' }];
    await keepInvocations(ctx, 'f', LEASE, [record(1, { outcome: 'failed', failure, log, linesLeftOut: 2 })]);
    const read = (caller: typeof ADMIN | null) => readInvocation(ctx, caller, { name: 'f', id: record(1).id });
    const { input } = await read(ADMIN);
    expect(await read({ ...ADMIN, role: 'user' })).toMatchObject({ failure, log, linesLeftOut: 2, isReserved: false });
    const shown = await read(null);
    expect(shown).toMatchObject({ log: [], lines: 3, linesLeftOut: 3, isReserved: true, input });
    expect(shown.failure).toEqual({ kind: 'invocation', message: 'KeyError' });
    expect(await listInvocations(ctx, null, { name: 'f', limit: 1 })).toMatchObject([{ outcome: 'failed', lines: 3 }]);
    const closed = { ...ctx.config, accounts: { ...ctx.config.accounts, dashboardAuth: 'required' } } as const;
    for (const name of ['f', 'missing'])
      for (const ask of [readInvocation, listInvocations, findInvocation]) {
        const asked = ask({ ...ctx, config: closed }, null, { name, id: '1-0', limit: 1, at: 1 });
        await expect(asked).rejects.toMatchObject({ code: 'unauthenticated' });
      }
  });

  test('an invocation of which only the history entry is there says so', async () => {
    const ctx = await context();
    await ctx.redis.xadd(ctx.keys.history('f'), '5000-0', 'i', 1, 'd', 20, 'l', 3, 'v', 'v1', 'r', '{"a":1}');
    expect(await readInvocation(ctx, ADMIN, { name: 'f', id: '5000-0' })).toMatchObject({
      startedAt: 4_980,
      outcome: 'result',
      result: { text: '{"a":1}', isCut: false },
      input: null,
      isComplete: false,
    });
  });
});
