import { expect, test } from 'vitest';
import { z } from 'zod';
import { ADMIN } from '#lib/auth/accounts.fixture';
import { signOut } from '#lib/auth/sign-out';
import { updateUser } from '#lib/auth/update-user';
import { apiSuite, type Credential, HOST, NAME, requestTo, send, type World } from './api.fixture.ts';
import { dispatch } from './dispatch.ts';

const suite = apiSuite();

const createdToken = z.object({ secret: z.string() });
const settings = `/functions/${NAME}/settings`;

/** A body of bytes that need not be JSON. */
async function sendBytes({ ctx, admin }: World, path: string, bytes: Uint8Array<ArrayBuffer>): Promise<Response> {
  const { headers } = requestTo(`http://${HOST}`, { method: 'PATCH', path, credential: admin });
  headers.set('content-type', 'application/json');
  headers.set('host', HOST);
  const url = `http://${HOST}/api/v1${path}`;
  return await dispatch(ctx, new Request(url, { method: 'PATCH', headers, body: bytes }));
}

test('an Idempotency-Key opens nothing to somebody else, nor to whoever may not any more', async () => {
  const { ctx, ada, admin, user } = await suite.world();
  const headers = { 'idempotency-key': 'one-that-leaked' };
  const make = async (credential: Credential) =>
    await send(ctx, { method: 'POST', path: '/tokens', credential, body: { name: 'ci' }, headers });
  const mine = createdToken.parse(await (await make(admin)).json());
  expect(createdToken.parse(await (await make(admin)).json())).toEqual(mine);
  expect(createdToken.parse(await (await make(user)).json()).secret).not.toBe(mine.secret);
  const invite = async () =>
    await send(ctx, { method: 'POST', path: '/users', credential: user, body: { name: 'eve' }, headers });
  await updateUser(ctx, ADMIN, { uid: ada.uid, changes: { role: 'admin' } });
  expect((await invite()).status).toBe(422);
  const other = { 'idempotency-key': 'another-one' };
  const invited = { method: 'POST', path: '/users', credential: user, body: { name: 'eve' }, headers: other };
  expect((await send(ctx, invited)).status).toBe(201);
  await updateUser(ctx, ADMIN, { uid: ada.uid, changes: { role: 'user' } });
  expect((await send(ctx, invited)).status).toBe(403);
  await signOut(ctx, { ...ada, via: 'session', credentialId: user.id });
  expect((await make(user)).status).toBe(401);
});

test.each([
  '-',
  '+',
  '$',
  '(1-0',
  '1',
  '1-',
  '-1-0',
  '1-0 ',
  '1.5-0',
  `${'9'.repeat(23)}-0`,
  `1-${'9'.repeat(23)}`,
  '1-0,2-0',
])('a cursor that was tampered with is refused: %s', async (cursor) => {
  const { ctx, admin: credential } = await suite.world();
  const paths = ['/audit?before=', `/functions/${NAME}/invocations?before=`, `/functions/${NAME}/results?after=`];
  for (const path of paths) {
    const answer = await send(ctx, { method: 'GET', path: path + encodeURIComponent(cursor), credential });
    expect([path, answer.status]).toEqual([path, 422]);
  }
});

test.each(['', '5', 'W/"5"', '"5", "6"', '"abc"', `"${'9'.repeat(30)}"`, '"-1"'])(
  'If-Match: %s is no ETag of ours, and nothing is changed',
  async (etag) => {
    const { ctx, admin: credential } = await suite.world();
    const headers = { 'if-match': etag };
    const answer = await send(ctx, { method: 'PATCH', path: settings, credential, body: { periodMs: 1_000 }, headers });
    expect([answer.status, await answer.json()]).toEqual([
      422,
      expect.objectContaining({ fields: [{ path: 'If-Match', code: 'wrong_format', message: expect.any(String) }] }),
    ]);
  },
);

test.each([
  ['half a character', Uint8Array.of(0x22, 0xc3, 0x22)],
  ['a mark before it', Buffer.from('\ufeff{"periodMs":1000')],
  ['lists in lists', Buffer.from('['.repeat(500_000))],
  ['closed lists in lists', Buffer.from(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
  ['a value for every object', Buffer.from('{"__proto__":{"periodMs":1000}}')],
  ['the same as a constructor', Buffer.from('{"constructor":{"prototype":{"periodMs":1000}}}')],
  ['nothing', Buffer.from('')],
])('a body with %s is refused', async (_what, bytes) => {
  const world = await suite.world();
  expect((await sendBytes(world, settings, Uint8Array.from(bytes))).status).toBe(422);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('a query cannot name what every object has, nor an address what no name holds', async () => {
  const { ctx, admin: credential } = await suite.world();
  const status = async (path: string) => (await send(ctx, { method: 'GET', path, credential })).status;
  for (const name of ['__proto__', 'constructor', 'toString'])
    expect([name, await status(`/audit?${name}=x`)]).toEqual([name, 422]);
  for (const name of ['%00', 'a%00b', '%0d%0aSet-Cookie:x', '__proto__', '..', '%2e%2e', 'x'.repeat(65)])
    expect([name, await status(`/functions/${name}/settings`)]).toEqual([name, 404]);
});

test('what an answer holds is for one person alone, whatever it says', async () => {
  const { ctx, admin: credential, user } = await suite.world();
  const cached = async (method: string, path: string, who: Credential) =>
    (await send(ctx, { method, path, credential: who })).headers.get('cache-control');
  for (const [method, path] of [
    ['GET', '/users'],
    ['HEAD', '/users'],
    ['OPTIONS', '/users'],
    ['PUT', '/users'],
    ['GET', '/nowhere'],
    ['GET', `/functions/${NAME}/versions/2/archive`],
  ] as const) {
    expect([path, await cached(method, path, credential), await cached(method, path, user)]).toEqual([
      path,
      'no-store',
      'no-store',
    ]);
  }
});
