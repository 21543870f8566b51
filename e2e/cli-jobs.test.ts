import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { ADMIN_PASSWORD } from './support/accounts.ts';
import { cliSuite } from './support/cli-suite.ts';
import { losesAnswerTo } from './support/lossy-line.ts';

const suite = cliSuite();

const signedIn = () => suite.person('admin').signIn(ADMIN_PASSWORD);
const FOREVER = 'echo here; while true; do sleep 1; done';
const numberOf = ({ stdout }: { stdout: string }) => stdout.trim();

test('a script is submitted; its output and exit code come through', async () => {
  const admin = await signedIn();
  const script = suite.file('both.py', 'import sys\nprint(input())\nprint("oh", file=sys.stderr)\nsys.exit(7)\n');
  const input = suite.file('input.txt', 'hello');
  const ended = { code: 7, stdout: 'hello\n', stderr: 'oh\n' };
  expect(await admin.run(['jobs', 'submit', script, '--input', input, '--wait'])).toEqual(ended);
  expect(await admin.run(['jobs', 'submit', script, '--input', '-', '--follow'], 'hello')).toEqual(ended);
  const json = await admin.run(['jobs', 'submit', script, '-i', input, '-w', '-o', 'json']);
  expect(json.code).toBe(7);
  expect(JSON.parse(json.stdout)).toMatchObject({ status: 'ERROR', exitCode: 7, stdout: 'hello\n', stderr: 'oh\n' });
});

test.each([
  ['x.sh', 'echo $BASH_VERSION | wc -l', 'bash'],
  ['x.mjs', 'console.log(typeof process)', 'node'],
  ['script', '#!/usr/bin/env python3\nprint(1)', 'python'],
  ['tool', '#!/bin/bash\necho 1', 'bash'],
])('the language is told from the name or the first line: %s', async (name, code, language) => {
  const admin = await signedIn();
  const id = numberOf(await admin.run(['jobs', 'submit', suite.file(name, code)]));
  expect(parseYaml((await admin.run(['jobs', 'get', id, '-o', 'yaml'])).stdout)).toMatchObject({ language });
});

test('where the language cannot be told it is asked for, and standard input is Python', async () => {
  const admin = await signedIn();
  const unknown = suite.file('unknown.txt', 'echo 1');
  expect(await admin.run(['jobs', 'submit', unknown])).toMatchObject({
    code: 64,
    stderr: expect.stringContaining('--language'),
  });
  expect((await admin.run(['jobs', 'submit', unknown, '--language', 'cobol'])).stderr).toContain(
    '--language must be one of python, node, bash',
  );
  expect(await admin.run(['jobs', 'submit', '-', '-w'], 'print(6 * 7)')).toMatchObject({ code: 0, stdout: '42\n' });
  expect((await admin.run(['jobs', 'submit', '/nowhere.py'])).code).toBe(66);
});

test('output comes as it is written, and a cancelled job says so', async () => {
  const admin = await signedIn();
  const following = admin.start(['jobs', 'submit', '-', '--language', 'bash', '--follow'], FOREVER);
  await following.said('here\n');
  const running = await admin.run(['jobs', 'list', '--status', 'RUNNING', '-o', 'json']);
  const [{ id }] = JSON.parse(running.stdout);
  expect(await admin.run(['jobs', 'cancel', `${id}`])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(new RegExp(`^Job ${id} is cancelled; .+ killed\n$`)),
  });
  expect(await following.ended).toEqual({ code: 130, stdout: 'here\n', stderr: `vigia: Job ${id} was cancelled\n` });
  expect((await admin.run(['jobs', 'cancel', `${id}`])).code).toBe(65);
});

test('Ctrl-C leaves the job running, and says how to come back', async () => {
  const admin = await signedIn();
  const following = admin.start(['jobs', 'submit', '-', '-l', 'bash', '-f'], FOREVER);
  await following.said('here');
  following.child.kill('SIGINT');
  const { code, stderr } = await following.ended;
  expect(code).toBe(130);
  const id = /vigia jobs logs -f (\d+)/.exec(stderr)?.[1] ?? '';
  expect(JSON.parse((await admin.run(['jobs', 'get', id, '-o', 'json'])).stdout)).toMatchObject({ status: 'RUNNING' });
  expect((await admin.run(['jobs', 'cancel', id])).code).toBe(0);
});

test('logs -f goes on after the front door was restarted, with nothing missing or twice', async () => {
  const admin = await signedIn();
  // Writes for as long as a restart takes, and then some.
  const code = 'for i in $(seq 1 80); do echo $i; sleep 0.1; done';
  const id = numberOf(await admin.run(['jobs', 'submit', '-', '-l', 'bash'], code));
  const following = admin.start(['jobs', 'logs', '-f', id]);
  await following.said('\n5\n');
  await suite.restartWeb();
  const numbers = Array.from({ length: 80 }, (_, index) => `${index + 1}\n`).join('');
  expect(await following.ended).toEqual({ code: 0, stdout: numbers, stderr: '' });
  expect((await admin.run(['jobs', 'logs', id])).stdout).toBe(numbers);
});

test('what a terminal obeys is shown, unless it is asked for raw', async () => {
  const admin = await signedIn();
  const evil = '\x1b]52;c;ZXZpbA==\x07\x1b[31mred\x1b[0m \u202egnirts\u202c\u009b2J\ttab\r\n';
  const code = `import sys\nsys.stdout.write(${JSON.stringify(evil)})`;
  const shown = '\\x1b]52;c;ZXZpbA==\\x07\\x1b[31mred\\x1b[0m \\u202egnirts\\u202c\\x9b2J\ttab\n';
  expect(await admin.run(['jobs', 'submit', '-', '-f'], code)).toMatchObject({ code: 0, stdout: shown });
  const id = numberOf(await admin.run(['jobs', 'submit', '-'], code));
  await admin.run(['jobs', 'logs', '-f', id]);
  expect((await admin.run(['jobs', 'logs', id])).stdout).toBe(shown);
  expect((await admin.run(['jobs', 'logs', id, '--raw'])).stdout).toBe(evil);
  const read = async (format: string) => (await admin.run(['jobs', 'get', id, '-o', format])).stdout;
  const [json, yaml] = [await read('json'), await read('yaml')];
  expect(json + yaml).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
  expect([JSON.parse(json).stdout, parseYaml(yaml).stdout]).toEqual([evil, evil]);
  expect((await admin.run(['jobs', 'get', '\x1b[31m'])).stderr).not.toContain('\x1b');
  expect((await admin.run(['\x1b]0;title\x07'])).stderr).toContain('\\x1b]0;title\\x07');
});

test('lists are filtered, and say on stderr that they are empty', async () => {
  const admin = await signedIn();
  const failed = numberOf(await admin.run(['jobs', 'submit', '-', '-l', 'bash'], 'exit 3'));
  await admin.run(['jobs', 'logs', '-f', failed]);
  const { stdout } = await admin.run(['jobs', 'list', '--status', 'ERROR', '--language', 'bash', '--limit', '1']);
  expect(stdout).toMatch(/^ *ID {2}USER +LANGUAGE +STATUS +WHY +EXIT +TOOK +SUBMITTED\n/);
  expect(stdout.split('\n')[1]).toMatch(new RegExp(`^ *${failed} {2}admin +bash +ERROR +exit +3 +\\d+(\\.\\d)? m?s `));
  const none = await admin.run(['jobs', 'list', '--until', '2020-01-01']);
  expect(none).toEqual({ code: 0, stdout: '', stderr: 'There are no such jobs\n' });
  expect((await admin.run(['jobs', 'list', '--user', 'admin', '--since', '1h'])).stdout).toContain('admin');
  expect((await admin.run(['jobs', 'list', '--user', 'nobody'])).code).toBe(66);
});

test('one key is one job', async () => {
  const admin = await signedIn();
  const submit = () => admin.run(['jobs', 'submit', '-', '--key', 'nightly-7'], 'print(1)');
  const numbers = (await Promise.all([submit(), submit(), submit()])).map(numberOf);
  expect(new Set(numbers).size).toBe(1);
  expect((await admin.run(['jobs', 'submit', '-', '--key', 'nightly-7'], 'print(2)')).code).toBe(65);
});

test('a job whose answer is lost on the way is submitted once', async () => {
  const lossy = await losesAnswerTo('POST /api/v1/jobs', suite.url);
  const eve = suite.person('behind a bad line');
  const on = ['--server', lossy.url];
  await eve.run(['login', '--user', 'admin', ...on], `${ADMIN_PASSWORD}\n`);
  const submitted = await eve.run(['jobs', 'submit', '-', '--wait', ...on], 'print("once")');
  expect(submitted).toEqual({
    code: 0,
    stdout: 'once\n',
    stderr: `vigia: ${lossy.url} cannot be reached: it has hung up; trying again, which makes no other job\n`,
  });
  const listed = await eve.run(['jobs', 'list', '--limit', '2', '-o', 'json', ...on]);
  expect(
    JSON.parse(listed.stdout).filter(({ firstLine }: { firstLine: string }) => firstLine === 'print("once")'),
  ).toHaveLength(1);
  await lossy.close();
});

test('a watched list tells what moves', async () => {
  const admin = await signedIn();
  const watching = admin.start(['jobs', 'list', '--watch', '-o', 'json', '--limit', '1']);
  await watching.said('\n');
  const id = numberOf(await admin.run(['jobs', 'submit', '-'], 'print(1)'));
  await watching.said(new RegExp(`^\\[\\{"id":${id},.*"status":"DONE"`, 'm'));
  watching.child.kill('SIGINT');
  expect((await watching.ended).code).toBe(130);
});

test('a watched job is shown until its end', async () => {
  const admin = await signedIn();
  const id = numberOf(await admin.run(['jobs', 'submit', '-', '-l', 'bash'], 'sleep 0.5'));
  const { code, stdout } = await admin.run(['jobs', 'get', id, '--watch', '-o', 'json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ status: 'DONE' });
});
