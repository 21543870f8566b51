import { expect, test } from 'vitest';
import * as z from 'zod';
import { listAudit } from '#lib/audit/list-audit';
import { ADMIN, ADMIN_PASSWORD } from '#lib/auth/accounts.fixture';
import { listTokens } from '#lib/auth/list-tokens';
import { readRecord } from '#lib/functions/records';
import { apiSuite, HOST, NAME, requestTo, send, type World } from './api.fixture.ts';
import { dispatch } from './dispatch.ts';

const suite = apiSuite();

const signInWith = (password: string) => ({ method: 'POST', path: '/session', body: { name: 'admin', password } });
const setPeriod = (periodMs: unknown) => ({ method: 'PATCH', path: `/functions/${NAME}/settings`, body: { periodMs } });
const newToken = (name: string) => ({ method: 'POST', path: '/tokens', body: { name } });
const revisionOf = async ({ ctx }: World) => (await readRecord(ctx, NAME)).revision;

test('signing in sets a cookie that no script can read; it works until signing out, which removes it', async () => {
  const { ctx } = await suite.world();
  const signedIn = await send(ctx, signInWith(ADMIN_PASSWORD));
  const cookie = signedIn.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^vigia=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
  const credential = { kind: 'session', secret: cookie.slice('vigia='.length, cookie.indexOf(';')) } as const;
  const who = await send(ctx, { method: 'GET', path: '/session', credential });
  expect(await who.json()).toEqual({ uid: 0, name: 'admin', role: 'admin', via: 'session' });
  const out = await send(ctx, { method: 'DELETE', path: '/session', credential });
  expect([out.status, out.headers.get('set-cookie')]).toEqual([204, expect.stringMatching(/^vigia=; .*Max-Age=0$/)]);
  expect((await send(ctx, { method: 'GET', path: '/session', credential })).status).toBe(401);
});

test('over https the cookie is bound to this host, but only a trusted proxy may say that it is https', async () => {
  const { ctx } = await suite.world({ TRUSTED_PROXIES: '10.0.0.0/8' });
  const cookieVia = async (proxy: string) => {
    const headers = { 'x-vigia-remote': proxy, 'x-forwarded-proto': 'https', 'x-forwarded-for': '198.51.100.7' };
    return (await send(ctx, { ...signInWith(ADMIN_PASSWORD), headers })).headers.get('set-cookie');
  };
  expect(await cookieVia('10.1.1.1')).toMatch(/^__Host-vigia=[\w-]{43}; .*; Secure$/);
  expect(await cookieVia('192.0.2.9')).toMatch(/^vigia=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
  const entries = await listAudit(ctx, ADMIN, { limit: 10, action: 'session.start' });
  expect(entries.map(({ address }) => address)).toEqual(['192.0.2.9', '198.51.100.7']);
});

test('a change that comes with a cookie must come from our own pages', async () => {
  const world = await suite.world();
  const { ctx, admin } = world;
  const before = await revisionOf(world);
  const cookie = { cookie: `vigia=${admin.secret}` };
  const origins = ['https://elsewhere.test', 'null', `http://${HOST}.elsewhere.test`, `http://${HOST}:81`, 'nonsense'];
  for (const origin of origins) {
    const answer = await send(ctx, { ...setPeriod(1_000), headers: { ...cookie, origin } });
    expect([origin, answer.status]).toEqual([origin, 403]);
  }
  expect((await send(ctx, { ...setPeriod(1_000), headers: cookie })).status).toBe(403);
  const text = { ...cookie, origin: `http://${HOST}`, 'content-type': 'text/plain' };
  expect((await send(ctx, { ...setPeriod(1_000), headers: text })).status).toBe(415);
  expect(await revisionOf(world)).toBe(before);
  expect((await send(ctx, { ...setPeriod(1_000), headers: { ...cookie, origin: `http://${HOST}` } })).status).toBe(200);
});

test('a token needs no origin, and a wrong one is nobody', async () => {
  const { ctx, token } = await suite.world();
  const { secret } = await token();
  const asked = async (text: string) =>
    (await send(ctx, { ...setPeriod(1_000), credential: { kind: 'bearer', token: text } })).status;
  expect([await asked(secret), await asked(`${secret.slice(0, -1)}~`)]).toEqual([200, 401]);
});

test('of two who save at once, the second is told what is there now; every bad field is named, and nothing changes', async () => {
  const world = await suite.world();
  const { ctx, admin: credential } = world;
  const seen = await send(ctx, { method: 'GET', path: `/functions/${NAME}/settings`, credential });
  const headers = { 'if-match': seen.headers.get('etag') ?? '' };
  expect((await send(ctx, { ...setPeriod(1_000), credential, headers })).status).toBe(200);
  const late = await send(ctx, { ...setPeriod(9_000), credential, headers });
  expect(late.status).toBe(412);
  const now = await (await send(ctx, { method: 'GET', path: `/functions/${NAME}/settings`, credential })).json();
  expect(await late.json()).toMatchObject({ current: now });

  const before = await revisionOf(world);
  const body = { periodMs: 1, timeoutMs: 'long', inputKey: '', colour: 'red', invoke: 'tick' };
  const bad = await send(ctx, { ...setPeriod(1), credential, body });
  const { fields } = z.object({ fields: z.array(z.object({ path: z.string() })) }).parse(await bad.json());
  expect([bad.status, fields.map(({ path }) => path).sort()]).toEqual([
    422,
    ['colour', 'inputKey', 'periodMs', 'timeoutMs'],
  ]);
  expect(await revisionOf(world)).toBe(before);
});

test('50 equal posts at once have one effect and one answer; another request under their key is refused', async () => {
  const { ctx, admin: credential } = await suite.world();
  const headers = { 'idempotency-key': 'e2b9d5b0-7f0e-4d7c-9e4a-0c3d1f6b8a21' };
  const all = await Promise.all(
    Array.from({ length: 50 }, () => send(ctx, { ...newToken('once'), credential, headers })),
  );
  const texts = new Set(await Promise.all(all.map((answer) => answer.text())));
  expect([new Set(all.map(({ status }) => status)), texts.size]).toEqual([new Set([201]), 1]);
  expect(await listTokens(ctx, ADMIN, { uid: 0 })).toHaveLength(1);
  expect((await send(ctx, { ...newToken('other'), credential, headers })).status).toBe(422);
  const stored = await ctx.redis.get((await ctx.redis.keys('*idempotency*'))[0] ?? '');
  const { secret } = z.object({ secret: z.string() }).parse(JSON.parse([...texts].join()));
  expect(stored).not.toContain(secret);
  expect((await send(ctx, { ...newToken('other'), credential })).status).toBe(201);
});

test('a request is another one by what it says, not by how its JSON is written', async () => {
  const { ctx, admin: credential } = await suite.world();
  const headers = { 'idempotency-key': 'k' };
  const bodies = [
    { name: 'eve', role: 'user' },
    { role: 'user', name: 'eve' },
    { role: 'admin', name: 'eve' },
  ];
  const post = (body: object) => send(ctx, { method: 'POST', path: '/users', credential, body, headers });
  const statuses = [];
  for (const body of bodies) statuses.push((await post(body)).status);
  expect(statuses).toEqual([201, 201, 422]);
});

test('what is nested more deeply than any request is refused under a key, as it is without', async () => {
  const { ctx, admin: credential } = await suite.world();
  const depth = 100_000;
  const body = `{"name":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  const statuses = [];
  const both: Record<string, string>[] = [{ host: HOST }, { host: HOST, 'idempotency-key': 'k' }];
  for (const headers of both) {
    const request = requestTo(`http://${HOST}`, { ...newToken('nested'), credential, headers });
    statuses.push((await dispatch(ctx, new Request(request, { body }))).status);
  }
  expect(statuses).toEqual([422, 422]);
});

test('a refusal is not kept under a key: what was put right works', async () => {
  const { ctx, admin: credential } = await suite.world();
  const headers = { 'idempotency-key': 'k' };
  expect((await send(ctx, { ...newToken(''), credential, headers })).status).toBe(422);
  expect((await send(ctx, { ...newToken('right'), credential, headers })).status).toBe(201);
});

test('with DASHBOARD_AUTH=required nobody reads live data without signing in; the status stays public', async () => {
  const { ctx, user } = await suite.world({ DASHBOARD_AUTH: 'required' });
  const status = async (path: string, credential = {}) =>
    (await send(ctx, { method: 'GET', path, ...credential })).status;
  const paths = ['/functions', `/functions/${NAME}`, `/functions/${NAME}/window`, `/functions/${NAME}/results`];
  for (const path of [...paths, `/functions/${NAME}/sample`, '/samples/metrics']) {
    expect([path, await status(path), await status(path, { credential: user })]).toEqual([path, 401, 200]);
  }
  expect(await status('/status')).toBe(200);
});

test('only input keys of functions can be read by name', async () => {
  const { ctx } = await suite.world();
  await ctx.redis.set('metrics', '{"a":1}');
  await ctx.redis.set('secret', 'x');
  const read = async (key: string) => await send(ctx, { method: 'GET', path: `/samples/${encodeURIComponent(key)}` });
  expect(await (await read('metrics')).json()).toEqual({ key: 'metrics', text: '{"a":1}' });
  for (const key of ['secret', ctx.keys.registry, '../x']) expect((await read(key)).status).toBe(404);
});

test('a user sees and changes nothing of others, whether it is there or not', async () => {
  const { ctx, user: credential, admin, token } = await suite.world();
  const status = async (method: string, path: string) => (await send(ctx, { method, path, credential })).status;
  const { token: theirs } = await token();
  expect(await status('GET', '/users/1')).toBe(200);
  expect([await status('GET', '/users/0'), await status('GET', '/users/77')]).toEqual([403, 403]);
  expect([await status('GET', '/sessions?uid=0'), await status('GET', '/tokens?uid=0')]).toEqual([403, 403]);
  const missing = 'x'.repeat(43);
  for (const id of [admin.id, missing]) expect(await status('DELETE', `/sessions/${id}`)).toBe(404);
  for (const id of [theirs.id, missing]) expect(await status('DELETE', `/tokens/${id}`)).toBe(404);
});

test('the audit says who changed what, from what to what, from where; and the log says it in one line', async () => {
  const { ctx, admin: credential, under } = await suite.world();
  await send(ctx, { ...setPeriod(1_000), credential, headers: { 'x-request-id': 'request-of-mine' } });
  expect((await send(ctx, signInWith('a wrong password'))).status).toBe(401);
  await send(ctx, { ...newToken('for the audit'), credential });
  const page = await send(ctx, { method: 'GET', path: '/audit?limit=2', credential });
  const { entries, next } = z
    .object({ entries: z.array(z.looseObject({ action: z.string() })), next: z.string() })
    .parse(await page.json());
  expect(entries).toMatchObject([
    { action: 'token.create' },
    { action: 'session.refused', uid: null, target: 'user/0' },
  ]);
  const second = await send(ctx, { method: 'GET', path: `/audit?limit=2&before=${next}`, credential });
  const change = {
    uid: 0,
    name: 'admin',
    action: 'function.settings',
    target: `function/${NAME}`,
    before: { periodMs: 5_000 },
    after: { periodMs: 1_000 },
    address: '192.0.2.1',
    requestId: 'request-of-mine',
  };
  expect(await second.json()).toMatchObject({ entries: [change], next: null });
  const only = await send(ctx, { method: 'GET', path: `/audit?target=function/${NAME}&uid=0`, credential });
  expect(await only.json()).toMatchObject({ entries: [change] });
  const ofOthers = await send(ctx, { method: 'GET', path: '/audit?uid=1', credential });
  expect(await ofOthers.json()).toEqual({ entries: [], next: null });
  const lines = under.logLines.filter((line) => line.includes('"audit"') && line.includes('request-of-mine'));
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ requestId: 'request-of-mine', audit: change }]);
});

test('methods: HEAD is GET without its body, OPTIONS and 405 name what is allowed, other addresses are not there', async () => {
  const { ctx } = await suite.world();
  const head = await send(ctx, { method: 'HEAD', path: '/functions' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  const allow = 'GET, POST, HEAD, OPTIONS';
  const options = await send(ctx, { method: 'OPTIONS', path: '/functions' });
  expect([options.status, options.headers.get('allow')]).toEqual([204, allow]);
  const wrong = await send(ctx, { method: 'PUT', path: '/functions' });
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, allow]);
  for (const path of ['', '/', '/nope', '/functions/', '/functions/a/b', '/functions/%zz', '/functions/a%2Fb']) {
    expect([path, (await send(ctx, { method: 'GET', path })).status]).toEqual([path, 404]);
  }
});

test('an archive from an address that is not public is refused, with the rule that it breaks', async () => {
  const { ctx, admin: credential } = await suite.world();
  const body = { url: 'http://127.0.0.1:9/code.zip' };
  const answer = await send(ctx, { method: 'POST', path: `/functions/${NAME}/versions`, credential, body });
  expect([answer.status, await answer.json()]).toEqual([
    422,
    expect.objectContaining({
      fields: [{ path: 'url', code: 'not_fetched', message: expect.stringContaining('FUNCTION_ZIP_ALLOW') }],
    }),
  ]);
});

test('a request id that a log could not hold is replaced', async () => {
  const { ctx } = await suite.world();
  const idFor = async (given: string) => {
    const headers = { 'x-request-id': given };
    return (await send(ctx, { method: 'GET', path: '/status', headers })).headers.get('x-request-id');
  };
  expect(await idFor('trace-0123456789')).toBe('trace-0123456789');
  for (const bad of ['short', 'x'.repeat(65), 'with space inside', '"quoted"-id']) {
    expect(await idFor(bad)).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test('what Redis does not understand is a mistake of ours: a 500 whose id finds it in the log, and no hint to try again', async () => {
  const world = await suite.world();
  const { ctx, under, admin: credential } = world;
  // A script that fails as soon as it looks: `names` is a hash.
  await ctx.redis.set(ctx.keys.accounts.names, 'spoiled');
  const body = { name: 'ana', password: 'a good password' };
  const made = await send(ctx, { method: 'POST', path: '/users', credential, body });
  const { requestId, ...problem } = z
    .object({ requestId: z.string() })
    .loose()
    .parse(await made.json());
  expect([made.status, made.headers.get('retry-after')]).toEqual([500, null]);
  expect(problem).toMatchObject({ code: 'internal', detail: 'Something went wrong here; the log says what.' });
  const [line, ...others] = under.logged('an API request failed');
  expect(others).toEqual([]);
  expect(line).toMatchObject({
    requestId,
    err: { message: expect.stringMatching(/^Redis refuses eval: .*WRONGTYPE/) },
  });
  // Where it comes from, and nothing of what was sent.
  expect(JSON.stringify(line)).toContain('store-user.ts');
  expect(JSON.stringify(line)).not.toContain('argon2');
});

test('while Redis does not answer, the status says so, and everything else is a 503 that says when to try again', async () => {
  const { ctx, admin: credential } = await suite.world();
  ctx.redis.disconnect();
  const status = await send(ctx, { method: 'GET', path: '/status', credential });
  expect([status.status, await status.json()]).toEqual([
    200,
    expect.objectContaining({ functions: null, roles: null }),
  ]);
  for (const path of ['/functions', '/users']) {
    const answer = await send(ctx, { method: 'GET', path, credential });
    expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([path, 503, '2']);
  }
});

test('what everybody may read tells who is signed in more, and a credential that has ended no more than nobody', async () => {
  const { ctx, user } = await suite.world();
  const deployersFor = async (credential?: Parameters<typeof send>[1]['credential']) => {
    const answer = await send(ctx, {
      method: 'GET',
      path: `/functions/${NAME}/events`,
      ...(credential && { credential }),
    });
    const { events } = z.object({ events: z.array(z.object({ by: z.unknown() })) }).parse(await answer.json());
    return events.map(({ by }) => by);
  };
  const by = { kind: 'user', uid: ADMIN.uid, name: ADMIN.name };
  expect(await deployersFor(user)).toEqual([by, by]);
  expect(await deployersFor()).toEqual([null, null]);
  expect(await deployersFor({ kind: 'session', secret: 'x'.repeat(43) })).toEqual([null, null]);
});
