import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { call, neighboursIn, sharedHostsSuite } from './shared.fixture.ts';

const { lines, loaded, written } = sharedHostsSuite();

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('Python functions that share a process', () => {
  const neighbours = neighboursIn('py');
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
