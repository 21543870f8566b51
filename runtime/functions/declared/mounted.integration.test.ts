import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { roleSuite } from '../../../e2e/support/role-suite.ts';
import { expectEveryPeriod, expectUnbroken } from '../../../e2e/support/unbroken.ts';
import { writtenStates } from '../../../e2e/support/written-states.ts';
import { startFunctionsRole } from '../role.ts';

const suite = roleSuite();
const PERIOD_MS = 100;

const version = (number: number) => `
def handler(event, context):
    context.env["n"] = context.env.get("n", 0) + 1
    return {"version": ${number}, "n": context.env["n"]}
`;

/** A folder as Kubernetes mounts a ConfigMap: the file is a link through `..data`, which is turned as a whole. */
function configMap(folder: string) {
  let made = 0;
  const write = (text: string) => {
    const revision = `..${++made}`;
    mkdirSync(join(folder, revision), { recursive: true });
    writeFileSync(join(folder, revision, 'handler.py'), text);
    symlinkSync(revision, join(folder, '..data.new'));
    renameSync(join(folder, '..data.new'), join(folder, '..data'));
  };
  write(version(0));
  symlinkSync(join('..data', 'handler.py'), join(folder, 'handler.py'));
  return { path: join(folder, 'handler.py'), write };
}

/** A function whose file is in such a folder, with the results of its running. */
async function mounted(name: string, settings: Record<string, string> = {}) {
  const file = configMap(join(suite.scratch, name));
  const { under, input } = suite.surroundings({
    FUNCTION_PATH: file.path,
    MONITORING_PERIOD: `${PERIOD_MS / 1000}`,
    ...settings,
  });
  const results = await under.results();
  const states = await writtenStates(under.redis, under.keys.functionState(under.config.function.name));
  suite.open.push(states);
  await under.redis.set(input, '{"x": 1}');
  suite.open.push(await startFunctionsRole(under.config, under.log));
  const live = async (number: number) => {
    for (;;) if (JSON.parse((await results.next()).result ?? 'null').version === number) return;
  };
  await live(0);
  return { under, results, states, write: file.write, live };
}

test('fifty new versions of a mounted file go live without a tick that is lost or run twice', {
  timeout: 180_000,
}, async () => {
  const { under, results, states, write, live } = await mounted('fifty');
  for (let number = 1; number <= 50; number += 1) {
    if (number % 10 === 0) {
      // Between them, what does not load: it never goes live, and disturbs nothing.
      write('def handler(:\n');
      await expect
        .poll(async () => (await under.state())?.rejected?.failure.message, { timeout: 30_000 })
        .toMatch(/Syntax/);
    }
    write(version(number));
    await live(number);
  }
  expect(results.all.every(({ failure }) => failure === undefined)).toBe(true);
  expectUnbroken(results.all);
  expectEveryPeriod(states.all);
  expect(await under.state()).toMatchObject({ status: 'running', rejected: null });
});

test('a file that is edited in place, or goes for a while, goes live when it is whole again', async () => {
  const path = suite.code('edited.py', version(0));
  const { under, input } = suite.surroundings({ FUNCTION_PATH: path, MONITORING_PERIOD: '0.05' });
  const results = await under.results();
  await under.redis.set(input, '{"x": 1}');
  suite.open.push(await startFunctionsRole(under.config, under.log));
  const live = async (number: number) => {
    for (;;) if (JSON.parse((await results.next()).result ?? 'null').version === number) return;
  };
  await live(0);
  writeFileSync(path, version(1));
  await live(1);
  renameSync(path, `${path}.away`);
  await results.next();
  writeFileSync(`${path}.away`, version(2));
  renameSync(`${path}.away`, path);
  await live(2);
  expectUnbroken(results.all);
});

test('what is beside the file can be imported, also by a version that came later', async () => {
  suite.code('beside_it.py', 'VALUE = "beside"\n');
  const importing = (number: number) => `import beside_it
def handler(event, context):
    return {"version": ${number}, "value": beside_it.VALUE, "file": __file__}
`;
  const path = suite.code('importing.py', importing(0));
  const { under, input } = suite.surroundings({ FUNCTION_PATH: path, MONITORING_PERIOD: '0.05' });
  const results = await under.results();
  await under.redis.set(input, '{"x": 1}');
  suite.open.push(await startFunctionsRole(under.config, under.log));
  expect(JSON.parse((await results.next()).result ?? '')).toEqual({ version: 0, value: 'beside', file: path });
  writeFileSync(path, importing(1));
  for (;;) {
    const said = JSON.parse((await results.next()).result ?? '');
    if (said.version === 0) continue;
    expect(said).toEqual({ version: 1, value: 'beside', file: path });
    break;
  }
});
