import { expect, test } from 'vitest';
import type { Context } from '#lib/context';
import { liveMessage } from '#lib/keys';
import { createSubscriber } from '#lib/redis';
import { createFunction } from './create-function.ts';
import { declareFunction } from './declare-function.ts';
import { deleteFunction } from './delete-function.ts';
import { deployCode, rollBack } from './deploy-code.ts';
import { MAX_EVENTS } from './event-entries.ts';
import { noteEvent } from './note-event.ts';
import { MOST_EVENTS, readEvents } from './read-events.ts';
import { admin, anna, leaseOf, python, registrySuite } from './registry.fixture.ts';
import { updateSettings } from './update-settings.ts';

const suite = registrySuite();
const code = { ...python('x = 1'), message: 'Count the CPUs' };
const by = { kind: 'user', uid: 0, name: 'admin' };
const CRASH = { kind: 'restart', reason: 'exit', count: 1, message: 'it exited', invocation: '5-0' } as const;

const eventsOf = async (ctx: Context, caller = admin) => (await readEvents(ctx, caller, { name: 'f', from: 0 })).events;

test('what people do to a function is there with who did it, in order', async () => {
  const ctx = suite.open();
  const from = Date.now();
  await createFunction(ctx, admin, { name: 'f', code });
  const changes = { periodMs: 1_000, enabled: false };
  const { revision } = await updateSettings(ctx, admin, { name: 'f', changes });
  await deployCode(ctx, admin, { name: 'f', code: python('x = 2') });
  await rollBack(ctx, admin, { name: 'f', version: 1 });
  await rollBack(ctx, admin, { name: 'f', version: null });
  const { events, versions, complete } = await readEvents(ctx, admin, { name: 'f', from });
  expect(events.map(({ id: _id, at: _at, ...event }) => event)).toEqual([
    { kind: 'deploy', version: 1, message: 'Count the CPUs', by },
    {
      kind: 'settings',
      changes: [
        { name: 'periodMs', from: 5_000, to: 1_000 },
        { name: 'enabled', from: true, to: false },
      ],
      by,
      revision,
    },
    { kind: 'deploy', version: 2, message: '', by },
    { kind: 'roll-back', version: 1, by },
    { kind: 'roll-back', version: null, by },
  ]);
  expect(Object.values(versions)).toEqual([1, 2]);
  expect(complete).toBe(true);
});

test('a change that changes nothing in force, or that is refused, leaves no event', async () => {
  const ctx = suite.open();
  const { revision } = await createFunction(ctx, admin, { name: 'f' });
  await updateSettings(ctx, admin, { name: 'f', changes: { periodMs: 5_000 } });
  const stale = updateSettings(ctx, admin, { name: 'f', changes: { periodMs: 7_000 }, revision });
  await expect(stale).rejects.toMatchObject({ code: 'conflict' });
  const taken = updateSettings(ctx, admin, { name: 'f', changes: { outputKey: 'metrics' } });
  await expect(taken).rejects.toMatchObject({ code: 'invalid' });
  expect(await eventsOf(ctx)).toEqual([]);
});

test('a change and its event are one: whatever dies in between, there are both or none', async () => {
  const ctx = suite.open();
  await createFunction(ctx, admin, { name: 'f' });
  const outcomes = new Set<string>();
  for (let commands = 0; outcomes.size < 2; commands++) {
    const dying = await suite.dying(ctx, commands);
    const periodMs = 1_000 + commands;
    const known = (await eventsOf(ctx)).length;
    const saved = updateSettings(dying, admin, { name: 'f', changes: { periodMs } });
    const done = await saved.then(() => true).catch(() => false);
    const news = (await eventsOf(ctx)).slice(known);
    const record = JSON.parse((await ctx.redis.get(ctx.keys.record('f'))) ?? '{}');
    expect(news.length).toBe(record.overrides.settings.periodMs === periodMs ? 1 : 0);
    outcomes.add(`${done}`);
  }
});

test('what a deployment declares otherwise than before is told as its own', async () => {
  const ctx = suite.open();
  const code = { version: null, standIn: null, problem: null };
  await declareFunction(ctx, 'f', { host: 'box', settings: {}, from: {}, code });
  await declareFunction(ctx, 'f', { host: 'box', settings: { periodMs: 2_000 }, from: {}, code });
  expect(await eventsOf(ctx)).toMatchObject([
    {
      kind: 'settings',
      changes: [{ name: 'periodMs', from: 5_000, to: 2_000 }],
      by: { kind: 'deployment', host: 'box' },
    },
  ]);
});

test('a runtime tells what happens only while it holds the lease, and viewers are told that there is something', async () => {
  const ctx = suite.open();
  await createFunction(ctx, admin, { name: 'f' });
  const { text } = await leaseOf(ctx, 'f', 'one');
  const subscriber = createSubscriber(ctx.config.redis, 'test', ctx.log);
  const told = new Promise((resolve) => subscriber.once('message', (_channel, message) => resolve(message)));
  await subscriber.subscribe(ctx.keys.live('f'));
  await noteEvent(ctx, 'f', '99 {}', CRASH);
  await noteEvent(ctx, 'f', text, CRASH);
  expect(await told).toBe(`${liveMessage.event}\n`);
  subscriber.disconnect();
  expect(await eventsOf(ctx)).toMatchObject([CRASH]);
});

test('there are no more than so many, and an answer has the newest of them', async () => {
  const ctx = suite.open();
  await createFunction(ctx, admin, { name: 'f' });
  const { text } = await leaseOf(ctx, 'f', 'one');
  const each = Array.from({ length: MAX_EVENTS + 5 }, (_, index) => index);
  await Promise.all(each.map((version) => noteEvent(ctx, 'f', text, { kind: 'live', version })));
  expect(await ctx.redis.xlen(ctx.keys.events('f'))).toBe(MAX_EVENTS);
  const { events, complete } = await readEvents(ctx, admin, { name: 'f', from: 0 });
  expect(events).toHaveLength(MOST_EVENTS);
  expect(events.at(-1)).toMatchObject({ kind: 'live', version: MAX_EVENTS + 4 });
  expect(complete).toBe(false);
});

test('they go with the function', async () => {
  const ctx = suite.open();
  await createFunction(ctx, admin, { name: 'f', code });
  await deleteFunction(ctx, admin, { name: 'f' });
  expect(await ctx.redis.exists(ctx.keys.events('f'))).toBe(0);
  await expect(eventsOf(ctx)).rejects.toMatchObject({ code: 'not_found' });
  await createFunction(ctx, admin, { name: 'f' });
  expect(await eventsOf(ctx)).toEqual([]);
});

test('readers see what happened, and who is signed in sees who did it', async () => {
  const ctx = suite.open();
  await createFunction(ctx, admin, { name: 'f', code });
  expect(await eventsOf(ctx, anna)).toMatchObject([{ kind: 'deploy', by }]);
  const { events } = await readEvents(ctx, null, { name: 'f', from: 0 });
  expect(events).toMatchObject([{ kind: 'deploy', message: 'Count the CPUs', by: null }]);
  const closed = {
    ...ctx,
    config: { ...ctx.config, accounts: { ...ctx.config.accounts, dashboardAuth: 'required' } },
  } as const;
  await expect(readEvents(closed, null, { name: 'f', from: 0 })).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(readEvents(closed, null, { name: 'missing', from: 0 })).rejects.toMatchObject({
    code: 'unauthenticated',
  });
});
