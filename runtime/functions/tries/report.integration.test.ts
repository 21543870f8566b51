import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { deployCode } from '#lib/functions/deploy-code';
import { ADMIN, file, python, triesSuite } from './tries.fixture.ts';

const { atRest, surroundings, archive, folders } = triesSuite();

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
    expect(folders()).toEqual([]);
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
    expect(folders()).toEqual([]);
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
