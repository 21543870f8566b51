import { once } from 'node:events';
import { renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { archiveOf, type Files } from '../../e2e/support/archives.ts';
import { roleSuite } from '../../e2e/support/role-suite.ts';
import type { LiveResult } from '../../e2e/support/role-under-test.ts';
import { startFunctionsRole } from './role.ts';

const suite = roleSuite();
const { open, scratch } = suite;
let made = 0;

async function role(settings: Record<string, string>) {
  const defaults = { MONITORING_PERIOD: '0.05', FUNCTION_REFRESH: '1' };
  const { under, input, output } = suite.surroundings({ ...defaults, ...settings });
  const results = await under.results();
  await under.redis.set(input, '{"x": 1}');
  open.push(await startFunctionsRole(under.config, under.log));
  /** Reads results until one comes from there. */
  const until = async (from: string): Promise<LiveResult> => {
    for (;;) {
      const result = await results.next();
      if (JSON.parse(result.result ?? 'null')?.from === from) return result;
    }
  };
  return { under, results, until, output };
}

const zipped = (files: Files): Promise<Buffer> => archiveOf(files, join(scratch, `${++made}`));
const says = (what: string) =>
  `def handler(event, context):\n    context.env["n"] = context.env.get("n", 0) + 1\n    return {"from": "${what}", "n": context.env["n"]}\n`;

const file = (name: string, content: string | Buffer): string => suite.code(`${++made}-${name}`, content);

/** As a ConfigMap or a careful copy does it: never half a file. */
function replace(path: string, content: Buffer): void {
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
}

/** A server that answers with whatever `body` is at the time, and with 304 for what is known. */
async function serve(body: { now: Buffer | null }) {
  const answers: number[] = [];
  const server = createServer((request, response) => {
    const etag = `"${body.now?.length}"`;
    const status = body.now === null ? 503 : request.headers['if-none-match'] === etag ? 304 : 200;
    answers.push(status);
    response.writeHead(status, { etag }).end(status === 200 ? body.now : undefined);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push({ [Symbol.asyncDispose]: async () => void server.close() });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}/code.zip?signature=secret`, answers };
}

test('the function of an archive runs and keeps its env; its state says where it is from', async () => {
  const archive = await zipped({ 'app/main.py': says('archive'), 'app/other.py': '' });
  const path = file('code.zip', archive);
  const { under, until } = await role({ FUNCTION_ZIP: path });
  await until('archive');
  expect(JSON.parse((await until('archive')).result ?? '')).toEqual({ from: 'archive', n: 2 });
  expect(await under.state()).toMatchObject({
    status: 'running',
    language: 'python',
    source: `${path} (app/main.py)`,
    version: expect.stringMatching(/^[0-9a-f]{7}$/),
    handler: 'handler',
  });
});

test('the single file runs until the archive is there', async () => {
  const body: { now: Buffer | null } = { now: null };
  const { url } = await serve(body);
  const single = file('usermodule.py', says('single'));
  const { under, until } = await role({ FUNCTION_ZIP: url, FUNCTION_ZIP_ALLOW: '127.0.0.1', FUNCTION_PATH: single });
  await until('single');
  const said = under.logLines.join('\n');
  expect(said).toMatch(/code\.zip cannot be used: HTTP 503/);
  expect(said).toContain(`${single} runs instead of http://127.0.0.1:`);
  expect(said).not.toContain('secret');
  body.now = await zipped({ 'main.py': says('archive') });
  await until('archive');
  expect((await under.state())?.source).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/code\.zip \(main\.py\)$/);
});

test('a handler that names a module of the archive is found in the single file, too', async () => {
  const single = file('usermodule.py', says('single'));
  const settings = { FUNCTION_ZIP: '/missing.zip', FUNCTION_PATH: single, FUNCTION_HANDLER: 'app/main.py:handler' };
  const { until } = await role(settings);
  await until('single');
});

test.each<[string, Files | string, RegExp]>([
  ['does not load', { 'main.py': 'import a_module_that_is_not_there\n' }, /ModuleNotFoundError: .*a_module_that_is/],
  ['has no handler', { 'main.py': says('x').replace('handler', 'run'), 'b.py': '' }, /no module of the archive has/],
  ['is not an archive', 'hello', /not a zip archive/],
])('the single file runs when the archive %s', async (_case, content, reason) => {
  const path = file('code.zip', typeof content === 'string' ? content : await zipped(content));
  const single = file('usermodule.py', says('single'));
  const { under, until } = await role({ FUNCTION_ZIP: path, FUNCTION_PATH: single });
  await until('single');
  await until('single');
  expect(under.logLines.join('\n')).toMatch(reason);
});

test('without a single file nothing runs in its place: the state says why, the output key stays as it was', async () => {
  const { under, output } = await role({ FUNCTION_ZIP: 'http://169.254.169.254/code.zip' });
  await under.redis.set(output, '{"last": "good"}');
  await expect.poll(async () => (await under.state())?.status, { timeout: 10_000 }).toBe('crashing');
  expect((await under.state())?.failure?.message).toMatch(/169\.254\.169\.254 is a cloud's metadata service/);
  expect(await under.redis.get(output)).toBe('{"last": "good"}');
});

test('a changed archive goes live with the env of the last one, a bad change does not', async () => {
  const path = file('code.zip', await zipped({ 'main.py': says('one') }));
  const { under, until, results } = await role({ FUNCTION_ZIP: path });
  const counted = async (version: string) => JSON.parse((await until(version)).result ?? '').n;
  const before = await counted('one');
  replace(path, await zipped({ 'main.py': says('two') }));
  expect(await counted('two')).toBeGreaterThan(before);
  replace(path, await zipped({ 'main.py': 'def broken(:\n' }));
  await expect.poll(() => under.logLines.join('\n'), { timeout: 10_000 }).toMatch(/cannot be used: SyntaxError/);
  const seen = results.all.length;
  await until('two');
  while (results.all.length < seen + 5) await results.next();
  expect(results.all.slice(seen).every(({ result }) => JSON.parse(result ?? '{}').from === 'two')).toBe(true);
});

test('an archive that has not changed is neither fetched nor started again', async () => {
  const { url, answers } = await serve({ now: await zipped({ 'main.py': says('archive') }) });
  const { under, until } = await role({ FUNCTION_ZIP: url, FUNCTION_ZIP_ALLOW: '127.0.0.0/8' });
  await until('archive');
  await expect.poll(() => answers.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
  expect(answers.slice(0, 3)).toEqual([200, 304, 304]);
  expect(under.logLines.filter((line) => line.includes('"loaded"'))).toHaveLength(1);
});

// Without a cut, stopping would take the ten seconds after which silence ends a download.
test('stopping does not wait for a download', { timeout: 5_000 }, async () => {
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  open.push({ [Symbol.asyncDispose]: async () => void server.close() });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const asked = once(server, 'request');
  await role({ FUNCTION_ZIP: `http://127.0.0.1:${address.port}/`, FUNCTION_ZIP_ALLOW: '127.0.0.1' });
  await asked;
  await open.pop()?.[Symbol.asyncDispose]();
});

test('a TypeScript archive runs on change', async () => {
  const archive = await zipped({
    'main.ts': 'export const handler = (event: { x: number }) => ({ from: "typescript", twice: event.x * 2 });\n',
  });
  const { until } = await role({ FUNCTION_ZIP_BASE64: archive.toString('base64'), FUNCTION_INVOKE: 'change' });
  expect(JSON.parse((await until('typescript')).result ?? '')).toEqual({ from: 'typescript', twice: 2 });
});
