import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Host } from '#runtime/functions/hosts/host';
import { Hosts } from '#runtime/functions/hosts/hosts';
import { startFunctionsRole } from '#runtime/functions/role';
import { Schedule } from '#runtime/functions/schedule';
import { functionOnChange } from '../support/function-on-change.ts';
import { roleSuite } from '../support/role-suite.ts';

const suite = roleSuite();
const { code, open } = suite;

describe('a handler that never returns and ignores every signal that can be ignored', () => {
  const DEADLINE_MS = 1_000;
  const PERIOD_MS = 50;
  const stubborn = {
    py: 'import signal\nfor number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):\n    signal.signal(number, signal.SIG_IGN)\ndef handler(event, context):\n    while True:\n        try:\n            while True: pass\n        except BaseException: pass\n',
    ts: "process.on('SIGTERM', () => {});\nexport function handler() {\n  for (;;) {\n    try { for (;;); } catch {}\n  }\n}\n",
  };
  const quick = {
    py: 'def handler(event, context):\n    return {"a": 1}\n',
    ts: 'export const handler = () => ({ a: 1 });\n',
  };

  test('is killed at its deadline, while other functions are called at their time', async () => {
    const env = { PATH: process.env.PATH ?? '' };
    await using hosts = new Hosts({ python: 'python3', env });
    const load = async (name: string, language: 'py' | 'ts', source: string): Promise<Host> => {
      const path = code(`${name}.${language}`, source);
      const host = await hosts.start({
        name: `${name}-${language}`,
        language: language === 'py' ? 'python' : 'typescript',
        isolation: 'own',
        path,
        handler: 'handler',
        log: () => {},
      });
      open.push(host);
      expect(await host.load(10_000)).toBeNull();
      return host;
    };
    await using schedule = new Schedule();
    const innocent: { hosts: Host[]; calls: number[]; lags: number[] } = { hosts: [], calls: [0, 0], lags: [] };
    for (const language of ['py', 'ts'] as const) innocent.hosts.push(await load('quick', language, quick[language]));
    const hanging = [await load('stubborn', 'py', stubborn.py), await load('stubborn', 'ts', stubborn.ts)];
    for (const [index, host] of innocent.hosts.entries()) {
      schedule.add({
        periodMs: PERIOD_MS,
        async run({ lagMs }) {
          innocent.lags.push(lagMs);
          expect((await host.invoke(Buffer.from('{}'), 10_000)).kind).toBe('result');
          innocent.calls[index] = (innocent.calls[index] ?? 0) + 1;
        },
      });
    }
    const ends = hanging.map(
      (host) =>
        new Promise<{ tookMs: number; message: string }>((resolve) => {
          const run = async () => {
            const startedAt = performance.now();
            const outcome = await host.invoke(Buffer.from('{}'), DEADLINE_MS);
            const message = outcome.kind === 'failed' ? outcome.failure.message : outcome.kind;
            resolve({ tookMs: performance.now() - startedAt, message });
          };
          schedule.add({ periodMs: 60_000, run });
        }),
    );
    for (const { tookMs, message } of await Promise.all(ends)) {
      expect(message).toBe('timed out at 1.0 s');
      expect(tookMs).toBeLessThan(DEADLINE_MS + 2_000);
    }
    for (const host of hanging) await host.ended;
    // Twenty periods have passed; half of them allow for a machine that has much else to do.
    for (const calls of innocent.calls) expect(calls).toBeGreaterThan(DEADLINE_MS / PERIOD_MS / 2);
    expect(Math.max(...innocent.lags)).toBeLessThan(DEADLINE_MS / 2);
  });
});

describe('code that crashes at once or does not load', () => {
  const good = 'def handler(event, context):\n    return {"good": 20.0}\n';
  test.each([
    ['crashes at once', 'import os\ndef handler(event, context):\n    os._exit(9)\n', /exited with code 9/, null],
    ['has bad syntax', 'def handler(event, context)\n    return {}\n', /SyntaxError/, 'def handler(event, context)'],
    ['imports what is missing', 'import missing_module\n', /ModuleNotFoundError/, 'import missing_module'],
  ])(
    '%s: it is tried again after longer and longer, and the last good result stays',
    async (fault, source, message, line) => {
      const file = code(`${fault.replaceAll(' ', '-')}.py`, good);
      const { under, input, output } = suite.surroundings({ FUNCTION_PATH: file, MONITORING_PERIOD: '0.05' });
      const results = await under.results();
      await under.redis.set(input, '{}');
      const before = await startFunctionsRole(under.config, under.log);
      open.push(before);
      const last = await results.next();
      await before[Symbol.asyncDispose]();
      open.splice(open.indexOf(before), 1);
      writeFileSync(file, source);
      open.push(await startFunctionsRole(under.config, under.log));
      const waits = () => under.logLines.map((each) => JSON.parse(each).retryInMs).filter((each) => each !== undefined);
      await expect.poll(() => waits().length, { timeout: 15_000 }).toBeGreaterThanOrEqual(2);
      // The wait is a whole number of seconds less the moment that it took to say so.
      expect(
        waits()
          .slice(0, 2)
          .map((each) => Math.round(each / 1000)),
      ).toEqual([1, 2]);
      const state = await under.state();
      expect(state).toMatchObject({ status: 'crashing', failure: { message: expect.stringMatching(message) } });
      if (line !== null) expect(state?.failure?.traceback).toContain(line);
      expect(await under.redis.get(output)).toBe('{"good": 20.0}');
      const [[, fields] = ['', []]] = await under.redis.xrange(under.keys.history('default'), last.id, last.id);
      expect(fields).toEqual(expect.arrayContaining(['{"good": 20.0}', String(last.inputAt)]));
    },
  );
});

describe('a result that JSON cannot hold', () => {
  const PYTHON = `
import collections
class Liar(dict):
    def items(self): raise RuntimeError("no items here")
class Endless:
    def tolist(self): return self
def deep():
    result = inner = {}
    for _ in range(100_000):
        inner["a"] = {}
        inner = inner["a"]
    return result
def cycle():
    a = {}
    a["self"] = a
    return {"a": a}
CASES = {
    "good": lambda: {"good": 20.0},
    "nan": lambda: {"a": {"b": float("nan")}},
    "infinity": lambda: {"a": [1, float("inf")]},
    "minus infinity": lambda: {"a": [1, {"b": float("-inf")}]},
    "set": lambda: {"a": {"b": {1}}},
    "bytes": lambda: {"a": {"b": b"x"}},
    "cycle": cycle,
    "tuple key": lambda: {"a": {"b": {(1, 2): 3}}},
    "deep": deep,
    "generator": lambda: {"a": {"b": (n for n in [1])}},
    "instance": lambda: {"a": {"b": object()}},
    "list": lambda: [1],
    "tuple": lambda: (1,),
    "text": lambda: "text",
    "number": lambda: 7,
    "true": lambda: True,
    "module": lambda: collections,
    "liar": lambda: {"a": Liar(b=1)},
    "endless": lambda: {"a": Endless()},
    "decimal nan": lambda: {"a": {"b": __import__("decimal").Decimal("NaN")}},
}
def handler(event, context):
    return CASES[event["case"]]()
`;
  const JAVASCRIPT = `
const deep = () => { const result = {}; let inner = result; for (let n = 0; n < 100_000; n++) inner = inner.a = {}; return result; };
const cycle = () => { const a = {}; a.self = a; return { a }; };
const cases = {
  good: () => ({ good: 20.5 }),
  nan: () => ({ a: { b: NaN } }),
  infinity: () => ({ a: [1, Infinity] }),
  'minus infinity': () => ({ a: [1, { b: -Infinity }] }),
  set: () => ({ a: { b: new Set([1]) } }),
  map: () => ({ a: { b: new Map() } }),
  bytes: () => ({ a: { b: Buffer.from('x') } }),
  cycle,
  deep,
  list: () => [1],
  text: () => 'text',
  number: () => 7,
  true: () => true,
  function: () => () => 1,
  symbol: () => ({ a: { b: Symbol('x') } }),
  'throwing getter': () => ({ a: { get b() { throw new Error('no b here'); } } }),
  proxy: () => ({ a: new Proxy({}, { ownKeys() { throw new Error('no keys here'); } }) }),
  'endless toJSON': () => { const a = { toJSON: () => ({ a }) }; return { a }; },
};
export const handler = ({ case: name }) => cases[name]();
`;
  const common: [string, RegExp][] = [
    ['nan', /nan at \$\.a\.b$/i],
    ['infinity', /inf(inity)? at \$\.a\.1$/i],
    ['minus infinity', /-inf(inity)? at \$\.a\.1\.b$/i],
    ['set', /a set at \$\.a\.b$/i],
    ['bytes', /a (bytes|buffer) at \$\.a\.b$/i],
    ['cycle', /a reference to itself at \$\.a\.self$/],
    ['deep', /nested too deeply at \$/],
    ['list', /a (list|array) at \$/i],
    ['text', /a (str|string) at \$/],
    ['number', /a (int|number) at \$/],
    ['true', /a (bool|boolean) at \$/],
  ];
  const python: [string, RegExp][] = [
    ['tuple key', /a tuple as a key at \$\.a\.b$/],
    ['generator', /a generator at \$\.a\.b$/],
    ['instance', /a object at \$\.a\.b$/],
    ['tuple', /a tuple at \$/],
    ['module', /a module at \$/],
    ['decimal nan', /nan at \$\.a\.b$/],
    ['endless', /\$\.a/],
  ];
  const javaScript: [string, RegExp][] = [
    ['map', /a Map at \$\.a\.b$/],
    ['function', /a function at \$/],
    ['symbol', /a symbol at \$\.a\.b$/],
  ];
  // What a result does when it is looked at is the function's own failure; where, only it knows.
  const hostile = { Python: ['liar'], JavaScript: ['throwing getter', 'proxy', 'endless toJSON'] };
  test.each([
    ['Python' as const, () => code('results.py', PYTHON), [...common, ...python], '{"good": 20.0}'],
    ['JavaScript' as const, () => code('results.mjs', JAVASCRIPT), [...common, ...javaScript], '{"good":20.5}'],
  ])('of %s is refused by its path, the old one stays, and so does the host', async (language, file, cases, good) => {
    const { under, output, run } = await functionOnChange(suite, { FUNCTION_PATH: file() });
    expect((await run({ case: 'good' })).result).toBe(good);
    for (const [name, message] of cases) {
      const { failure } = await run({ case: name });
      expect([name, failure]).toEqual([name, { kind: 'bad-result', message: expect.stringMatching(message) }]);
    }
    for (const name of hostile[language]) {
      const { failure } = await run({ case: name });
      expect([name, failure?.kind]).toEqual([name, 'bad-result']);
    }
    expect(await under.redis.get(output)).toBe(good);
    expect(await under.state()).toMatchObject({ status: 'failing', failure: { kind: 'bad-result' } });
    expect((await run({ case: 'good', again: 1 })).result).toBe(good);
    expect(under.logged('loaded')).toHaveLength(1);
  });
});

describe('what JSON has no word for reaches Redis in the nearest one, and numbers as they were written', () => {
  const hasNumpy = (() => {
    try {
      execFileSync('python3', ['-c', 'import numpy'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  })();

  test.for<[string, string, string, string, boolean]>([
    [
      'Python',
      'types.py',
      `import datetime, decimal
def handler(event, context):
    when = datetime.datetime(2025, 12, 4, 22, 23, 48, 287939)
    utc = when.replace(tzinfo=datetime.timezone.utc)
    return {"at": when, "utc": utc, "day": when.date(), "price": decimal.Decimal("12.50"), "count": decimal.Decimal(2**53 + 1),
            "fraction": decimal.Decimal("0.1234567890123456789"), "power": decimal.Decimal("1E+3"),
            "big": 2**53 + 1, "huge": 10**400, "zero": -0.0, "float": 20.0, "tiny": 5e-324, "pair": (1, 2.0)}
`,
      `{"at": "2025-12-04T22:23:48.287939", "utc": "2025-12-04T22:23:48.287939+00:00", "day": "2025-12-04", "price": 12.50, "count": 9007199254740993, "fraction": 0.1234567890123456789, "power": 1E+3, "big": 9007199254740993, "huge": 1${'0'.repeat(400)}, "zero": -0.0, "float": 20.0, "tiny": 5e-324, "pair": [1, 2.0]}`,
      true,
    ],
    [
      'numpy',
      'arrays.py',
      `import numpy
def handler(event, context):
    return {"int": numpy.int64(2**53 + 1), "float": numpy.float32(0.5), "double": numpy.float64(20.0), "flag": numpy.bool_(True),
            "array": numpy.array([1.5, 2.0]), "matrix": numpy.array([[1, 2], [3, 2**53 + 1]])}
`,
      '{"int": 9007199254740993, "float": 0.5, "double": 20.0, "flag": true, "array": [1.5, 2.0], "matrix": [[1, 2], [3, 9007199254740993]]}',
      hasNumpy,
    ],
    [
      'JavaScript',
      'types.mjs',
      `export const handler = () => ({ at: new Date(Date.UTC(2025, 11, 4, 22, 23, 48, 287)), big: 2n ** 53n + 1n, huge: 10n ** 400n,
        zero: -0, half: 0.5, tiny: 5e-324, array: new Float64Array([1.5, 2]), longs: new BigInt64Array([2n ** 53n + 1n]) });
`,
      `{"at":"2025-12-04T22:23:48.287Z","big":9007199254740993,"huge":1${'0'.repeat(400)},"zero":-0.0,"half":0.5,"tiny":5e-324,"array":[1.5,2],"longs":[9007199254740993]}`,
      true,
    ],
  ])('%s', async ([_name, file, source, text, isPossible], { skip }) => {
    skip(!isPossible, 'python3 has no numpy');
    const { under, output, run } = await functionOnChange(suite, { FUNCTION_PATH: code(file, source) });
    expect((await run({})).result).toBe(text);
    expect(await under.redis.get(output)).toBe(text);
    const [[, fields] = ['', []]] = await under.redis.xrevrange(under.keys.history('default'), '+', '-', 'COUNT', 1);
    expect(fields).toContain(text);
  });
});

describe('a function that prints a megabyte a second, and frames of the protocol among it', () => {
  const frame = '\\x00\\x00\\x00\\x0d\\x0c';
  test.each([
    [
      'Python',
      'flood.py',
      `import os
def handler(event, context):
    for _ in range(5_000):
        print("flood " + "x" * 200)
    for stream in (1, 2):
        os.write(stream, b'${frame}{"forged": 1}\\n')
    return {"n": event["n"]}
`,
    ],
    [
      'JavaScript',
      'flood.mjs',
      `import { writeSync } from 'node:fs';
export function handler({ n }) {
  for (let line = 0; line < 5_000; line++) console.log('flood ' + 'x'.repeat(200));
  process.stdout.write('${frame}{"forged": 1}\\n');
  for (const stream of [1, 2]) writeSync(stream, '${frame}{"forged": 1}\\n');
  return { n };
}
`,
    ],
  ])('in %s is heard 200 lines a second, says how many were left out, and answers', async (_language, file, source) => {
    const { under, run } = await functionOnChange(suite, { FUNCTION_PATH: code(file, source) });
    const startedAt = performance.now();
    for (let n = 0; n < 3; n++) expect(JSON.parse((await run({ n })).result ?? '')).toEqual({ n });
    const lines = () => under.logLines.map((line) => JSON.parse(line)).filter(({ stream }) => stream === 'stdout');
    const left = () =>
      lines().reduce((sum, { msg }) => sum + Number(/^… (\d+) more lines left out$/.exec(msg)?.[1] ?? 0), 0);
    const heard = () => lines().filter(({ msg }) => msg.startsWith('flood ')).length;
    await expect.poll(() => left() + heard(), { timeout: 10_000 }).toBeGreaterThanOrEqual(15_000);
    const seconds = Math.ceil((performance.now() - startedAt) / 1_000) + 1;
    expect(lines().length).toBeLessThanOrEqual(seconds * 201);
    expect(under.logged('loaded')).toHaveLength(1);
  });
});
