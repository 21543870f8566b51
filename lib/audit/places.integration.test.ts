import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { apiSuite, NAME, send, type World } from '#lib/api/api.fixture';
import { readEverything } from '#lib/auth/accounts.fixture';
import { auditEntry } from '#lib/schemas/audit';
import { MOST, recordAudit } from './record-audit.ts';

const suite = apiSuite();

describe('a wrong password is in the audit', () => {
  const basicAs = (name: string, password: string) => ({
    authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
  });
  const refusals = async ({ ctx, admin: credential }: World) => {
    const page = await send(ctx, { method: 'GET', path: '/audit?action=session.refused', credential });
    return z.object({ entries: z.array(auditEntry) }).parse(await page.json()).entries;
  };

  test('in a header as in the form, once for each time that it is tried, and by no name that was typed', async () => {
    const world = await suite.world();
    const { ctx } = world;
    const read = (headers: Record<string, string>) => send(ctx, { method: 'GET', path: '/users', headers });
    const sent = { ...basicAs('admin', 'a wrong password'), 'x-request-id': 'request-of-theirs' };
    // Equal ones at once are one try.
    for (const answer of await Promise.all([read(sent), read(sent), read(sent)])) expect(answer.status).toBe(401);
    expect((await read(basicAs('my password', 'admin'))).status).toBe(401);
    expect(
      (await send(ctx, { method: 'POST', path: '/session', body: { name: 'admin', password: 'wrong' } })).status,
    ).toBe(401);
    const entry = { uid: null, name: null, action: 'session.refused', before: null, after: null, address: '192.0.2.1' };
    expect(await refusals(world)).toMatchObject([
      { ...entry, target: 'user/0' },
      { ...entry, target: 'user/unknown' },
      { ...entry, target: 'user/0', requestId: 'request-of-theirs' },
    ]);
    expect(await readEverything(ctx)).not.toContain('my password');
  });

  test('not when it was not looked at, because there were too many', async () => {
    const world = await suite.world();
    const tried = async (password: string) =>
      (await send(world.ctx, { method: 'GET', path: '/users', headers: basicAs('admin', password) })).status;
    const statuses: number[] = [];
    for (let index = 0; index < 13; index += 1) statuses.push(await tried(`guess ${index}`));
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429, 429]);
    expect(await refusals(world)).toHaveLength(10);
  });

  test('in the place of the oldest of its kind: nobody can push out what people have changed', async () => {
    const world = await suite.world();
    const { ctx } = world;
    await send(ctx, {
      method: 'PATCH',
      path: `/functions/${NAME}/settings`,
      credential: world.admin,
      body: { periodMs: 1_000 },
    });
    const refused = { action: 'session.refused', target: 'user/unknown', before: null, after: null } as const;
    for (let index = 0; index < MOST.refusals + 5; index += 1) {
      await recordAudit(ctx, null, refused, { address: '198.51.100.1', requestId: `request-${index}` });
    }
    const kept = await ctx.redis.xrange(ctx.keys.audit, '-', '+');
    const ids = kept.map(([, [, text = '']]) => auditEntry.partial().parse(JSON.parse(text)));
    expect(ids.filter(({ action }) => action === 'function.settings')).toHaveLength(1);
    const refusalIds = ids.filter(({ action }) => action === 'session.refused').map(({ requestId }) => requestId);
    expect([refusalIds.length, refusalIds[0]]).toEqual([MOST.refusals, 'request-5']);
  });
});

test('whoever signs in and out without end pushes out nothing but their own signing in and out', async () => {
  const { ctx } = await suite.world();
  const at = { address: '198.51.100.1', requestId: 'request-of-a-test' };
  const change = { target: 'user/1', before: null, after: null };
  await recordAudit(ctx, { uid: 2, name: 'bia' }, { ...change, action: 'session.start', target: 'user/2' }, at);
  await recordAudit(ctx, { uid: 1, name: 'ana' }, { ...change, action: 'user.update', target: 'user/2' }, at);
  for (let index = 0; index < MOST.ofAccount + 5; index += 1) {
    const action = index % 2 === 0 ? 'session.start' : 'session.end';
    await recordAudit(ctx, { uid: 1, name: 'ana' }, { ...change, action }, { ...at, requestId: `request-${index}` });
  }
  const kept = await ctx.redis.xrange(ctx.keys.audit, '-', '+');
  const entries = kept.map(([, [, text = '']]) => auditEntry.partial().parse(JSON.parse(text)));
  const own = entries.filter(({ requestId }) => requestId?.startsWith('request-') && requestId !== at.requestId);
  expect([own.length, own[0]?.requestId]).toEqual([MOST.ofAccount, 'request-5']);
  expect(entries.filter(({ target }) => target === 'user/2').map(({ uid, action }) => [uid, action])).toEqual([
    [2, 'session.start'],
    [1, 'user.update'],
  ]);
  expect(await ctx.redis.pttl(ctx.keys.auditOfAccount(1))).toBeGreaterThan(0);
});

test('what an admin has done to the sessions and tokens of others is no such thing of their own', async () => {
  const { ctx } = await suite.world();
  const ana = { uid: 1, name: 'ana' };
  const at = { address: '198.51.100.1', requestId: 'request-of-a-test' };
  const done = [
    { action: 'session.end', target: 'user/2', before: null, after: { ended: 3 } },
    { action: 'session.end', target: 'session/of-bia', before: { uid: 2 }, after: null },
    { action: 'token.revoke', target: 'token/of-bia', before: { uid: 2 }, after: null },
  ] as const;
  for (const change of done) await recordAudit(ctx, ana, change, at);
  const signIn = { action: 'session.start', target: 'user/1', before: null, after: null } as const;
  for (let index = 0; index < MOST.ofAccount; index += 1) await recordAudit(ctx, ana, signIn, at);
  const kept = await ctx.redis.xrange(ctx.keys.audit, '-', '+', 'COUNT', done.length);
  const entries = kept.map(([, [, text = '']]) => auditEntry.partial().parse(JSON.parse(text)));
  expect(entries.map(({ action, target }) => ({ action, target }))).toEqual(
    done.map(({ action, target }) => ({ action, target })),
  );
});
