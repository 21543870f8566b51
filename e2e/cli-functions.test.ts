import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { beforeAll, expect, test } from 'vitest';
import { zipOfFiles } from '#lib/archives/zip-builder.fixture';
import { ADMIN_PASSWORD } from './support/accounts.ts';
import { cliSuite } from './support/cli-suite.ts';

const suite = cliSuite();

const PATIENCE = { timeout: 15_000 };

const returning = (text: string) => `def handler(input, context):\n    return {"said": "${text}", "n": input["n"]}\n`;

let redis: Redis;
beforeAll(async () => {
  redis = new Redis(suite.redisUrl);
  await redis.set('metrics', '{"n": 1}');
  return () => redis.disconnect();
});

const signedIn = () => suite.person('admin').signIn(ADMIN_PASSWORD);
const output = async () => JSON.parse((await redis.get('metrics-output')) ?? '{}');

test('an operator lists, sets, tries, deploys and rolls back', async () => {
  const admin = await signedIn();
  expect((await admin.run(['functions', 'list'])).stdout).toMatch(/^NAME +STATUS +VERSION[\s\S]+\ndefault /);

  const set = await admin.run(['functions', 'set', 'default', 'periodMs=100ms', 'timeoutMs=2s']);
  expect(set.stdout).toMatch(/periodMs +100 +admin, /);
  expect(set.stdout).toMatch(/timeoutMs +2000 +admin, /);

  const first = suite.file('first.py', returning('first'));
  const tried = await admin.run(['functions', 'try', 'default', first]);
  expect([tried.code, JSON.parse(tried.stdout)]).toEqual([0, { said: 'first', n: 1 }]);
  const pasted = await admin.run(['functions', 'try', 'default', first, '--input', '-'], '{"n": 42}');
  expect(JSON.parse(pasted.stdout)).toEqual({ said: 'first', n: 42 });

  const deployed = await admin.run([
    'functions',
    'deploy',
    'default',
    first,
    '-m',
    'the first',
    '--wait',
    '-o',
    'json',
  ]);
  expect(deployed.code).toBe(0);
  const { number } = JSON.parse(deployed.stdout);
  await expect.poll(output, PATIENCE).toEqual({ said: 'first', n: 1 });

  const second = suite.file('second.py', returning('second'));
  expect(await admin.run(['functions', 'deploy', 'default', second])).toMatchObject({
    code: 0,
    stdout: `Version ${number + 1} of default goes live when it has loaded\n`,
  });
  await expect.poll(output, PATIENCE).toEqual({ said: 'second', n: 1 });

  expect((await admin.run(['functions', 'rollback', 'default', `${number}`, '--wait'])).stdout).toMatch(
    / live .*the first/,
  );
  await expect.poll(output, PATIENCE).toEqual({ said: 'first', n: 1 });
  expect((await admin.run(['functions', 'rollback', 'default', '99'])).code).toBe(66);
  expect((await admin.run(['functions', 'versions', 'default'])).stdout).toMatch(/ +2 +live .*the first\n +1 +kept/);
  expect((await admin.run(['functions', 'set', 'default', 'periodMs='])).stdout).toMatch(
    /periodMs +200 +MONITORING_PERIOD/,
  );
});

test('a folder and an archive are deployed, without what tools leave behind', async () => {
  const admin = await signedIn();
  const folder = join(suite.scratch, 'my-function');
  mkdirSync(join(folder, '.git'), { recursive: true });
  writeFileSync(join(folder, '.git', 'secret'), 'x');
  writeFileSync(join(folder, 'words.py'), 'WORD = "from a folder"\n');
  const main =
    'import os\nfrom words import WORD\n\ndef handler(input, context):\n    return {"said": WORD, "beside": os.listdir(os.path.dirname(__file__))}\n';
  writeFileSync(join(folder, 'main.py'), main);
  const tried = await admin.run(['functions', 'try', 'default', folder]);
  expect(tried).toMatchObject({ code: 0 });
  const { said, beside } = JSON.parse(tried.stdout);
  expect([said, beside.includes('main.py'), beside.includes('.git')]).toEqual(['from a folder', true, false]);

  const archive = suite.file('function.zip', zipOfFiles({ 'main.py': returning('from an archive') }));
  expect((await admin.run(['functions', 'deploy', 'default', archive, '--wait'])).code).toBe(0);
  await expect.poll(output, PATIENCE).toMatchObject({ said: 'from an archive' });
});

test('code that fails says why, and is an exit code', async () => {
  const admin = await signedIn();
  const throwing = suite.file(
    'throws.py',
    'def handler(input, context):\n    print("so far")\n    return input["\\x1b[31m"]\n',
  );
  const tried = await admin.run(['functions', 'try', 'default', throwing]);
  expect(tried).toMatchObject({ code: 1, stdout: '' });
  expect(tried.stderr).toMatch(/^so far\n[\s\S]+KeyError/);
  expect(tried.stderr).not.toContain('\x1b');
  const bad = suite.file('bad.py', 'def handler(input context):\n');
  const deployed = await admin.run(['functions', 'deploy', 'default', bad, '--wait']);
  expect(deployed).toMatchObject({ code: 1, stderr: expect.stringContaining('does not load: SyntaxError') });
});

test('going back is waited for, also to the built-in function, and an earlier failure is not today’s', async () => {
  const admin = await signedIn();
  const run = (...args: string[]) => admin.run(['functions', ...args]);
  const other = suite.file('other.py', returning('other').replace('handler', 'other'));
  expect(await run('deploy', 'default', other, '--wait', '-o', 'json')).toMatchObject({ code: 1 });
  const failed = JSON.parse((await run('versions', 'default', '-o', 'json')).stdout)[0].number;
  expect((await run('rollback', 'default', 'deployment', '--wait')).stdout).toMatch(/ live +built in /);
  expect(await run('rollback', 'default', `${failed}`, '--wait')).toMatchObject({ code: 1, stdout: '' });
  expect(await run('rollback', 'default', 'deployment', '--wait')).toMatchObject({ code: 0 });
  expect((await run('set', 'default', 'handler=other')).code).toBe(0);
  expect(await run('rollback', 'default', `${failed}`, '--wait')).toMatchObject({ code: 0, stderr: '' });
  await expect.poll(output, PATIENCE).toEqual({ said: 'other', n: 1 });
  expect((await run('set', 'default', 'handler=')).code).toBe(0);
  expect(await run('rollback', 'default', 'deployment', '--wait')).toMatchObject({ code: 0 });
  await expect.poll(output, PATIENCE).not.toHaveProperty('said');
});

test('what does not fit is said by its name, before anything is sent', async () => {
  const admin = await signedIn();
  const set = (...pairs: string[]) => admin.run(['functions', 'set', 'default', ...pairs]);
  expect(await set('colour=red')).toMatchObject({ code: 64, stderr: expect.stringContaining('There are: inputKey') });
  expect(await set('periodMs=1ms')).toMatchObject({
    code: 64,
    stderr: expect.stringContaining('periodMs must be at least'),
  });
  expect((await set('enabled=maybe')).code).toBe(64);
  expect((await set()).stderr).toContain('KEY=VALUE is missing');
  expect((await set('inputKey=metrics-output')).code).toBe(65);
  expect((await admin.run(['functions', 'get', 'nothing'])).code).toBe(66);
  const stale = await admin.run(['functions', 'set', 'default', 'periodMs=1s', '--if-revision', '0']);
  expect(stale.code).toBe(65);
});

test('functions come and go, and a reader sees how they are', async () => {
  const admin = await signedIn();
  const code = suite.file('alert.py', returning('alert'));
  expect((await admin.run(['functions', 'create', 'cpu-alert', code, '--set', 'periodMs=1s'])).stdout).toMatch(
    /periodMs +1000/,
  );
  const get = async (person = admin) =>
    JSON.parse((await person.run(['functions', 'get', 'cpu-alert', '-o', 'json'])).stdout);
  await expect.poll(async () => (await get()).state?.status, PATIENCE).toBe('running');
  expect((await get(suite.person('nobody'))).settings).toBe(null);
  expect((await admin.run(['functions', 'get', 'cpu-alert'])).stdout).toMatch(
    /Status +running since [\s\S]+periodMs +1000 +admin/,
  );
  expect((await admin.run(['functions', 'delete', 'cpu-alert'])).code).toBe(0);
  expect((await admin.run(['functions', 'delete', 'cpu-alert'])).code).toBe(66);
});

test('a watched list is shown again as it changes, until Ctrl-C', async () => {
  const watching = suite.person('nobody').start(['functions', 'list', '--watch', '-o', 'json']);
  await watching.said(/\n.+\n/);
  watching.child.kill('SIGINT');
  expect(await watching.ended).toMatchObject({ code: 130 });
});
