import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { call, invoke, neighboursIn, sharedHostsSuite } from './shared.fixture.ts';

const { lines, loaded, written } = sharedHostsSuite();

describe('JavaScript functions that share a thread', () => {
  const neighbours = neighboursIn('ts');

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
