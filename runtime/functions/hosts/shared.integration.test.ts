import { describe, expect, test } from 'vitest';
import { call, invoke, neighboursIn, sharedHostsSuite } from './shared.fixture.ts';

const { lines, loaded, started, written } = sharedHostsSuite();

describe.each(['py', 'ts'] as const)('functions that share a host (.%s)', (ending) => {
  const neighbours = neighboursIn(ending);
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
