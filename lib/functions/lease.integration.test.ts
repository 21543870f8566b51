import { describe, expect, test } from 'vitest';
import type { Context } from '#lib/context';
import { lifetimes } from '#lib/keys';
import { declared } from '../../e2e/support/declared.ts';
import { createFunction } from './create-function.ts';
import { acquireLease, parseHolder, releaseLease } from './lease.ts';
import { readFunction } from './read-function.ts';
import { isFenced } from './record-invocation.ts';
import { readRecord } from './records.ts';
import { admin, dumpOf, holderOf, invoke, leaseOf, registrySuite } from './registry.fixture.ts';

const suite = registrySuite();

async function open(): Promise<Context> {
  const ctx = suite.open();
  await createFunction(ctx, admin, { name: 'f' });
  return ctx;
}

/** What comes of a lease that nobody has renewed in time. */
const runOut = (ctx: Context) => ctx.redis.pexpire(ctx.keys.lease('f'), 0);

describe('a lease', () => {
  test('is had by one at a time, and the others learn by whom', async () => {
    const ctx = await open();
    const tries = Array.from({ length: 20 }, (_, index) => {
      return acquireLease(ctx, 'f', holderOf(`runtime ${index}`), { last: 0 });
    });
    const outcomes = await Promise.all(tries);
    const winners = outcomes.flatMap((outcome) => ('lease' in outcome ? [outcome.lease] : []));
    const refusals = outcomes.flatMap((outcome) => ('heldBy' in outcome ? [outcome.heldBy] : []));
    expect(winners).toHaveLength(1);
    expect(new Set(refusals)).toEqual(new Set([winners[0]?.text]));
    expect(parseHolder(refusals[0] ?? '')).toEqual(holderOf('runtime 0'));
    expect((await readFunction(ctx, { name: 'f' })).runtimeAlive).toBe(true);
  });

  test('is renewed by its holder only, under the same token', async () => {
    const ctx = await open();
    const first = await leaseOf(ctx, 'f', 'a');
    const key = ctx.keys.lease('f');
    await ctx.redis.pexpire(key, lifetimes.lease / 10);
    expect(await acquireLease(ctx, 'f', holderOf('b'), { last: 0 })).toEqual({ heldBy: first.text });
    expect(await ctx.redis.pttl(key)).toBeLessThanOrEqual(lifetimes.lease / 10);
    expect(await leaseOf(ctx, 'f', 'a', first.token)).toEqual(first);
    expect(await ctx.redis.pttl(key)).toBeGreaterThan(lifetimes.lease / 2);
    expect(await ctx.redis.pttl(key)).toBeLessThanOrEqual(lifetimes.lease);
  });

  test('that has run out goes to the next one under a higher token, and not back by itself', async () => {
    const ctx = await open();
    const first = await leaseOf(ctx, 'f', 'a');
    await runOut(ctx);
    expect((await readFunction(ctx, { name: 'f' })).runtimeAlive).toBe(false);
    const second = await leaseOf(ctx, 'f', 'b');
    expect(second.token).toBeGreaterThan(first.token);
    expect(await acquireLease(ctx, 'f', holderOf('a'), { last: first.token })).toEqual({ heldBy: second.text });
    await runOut(ctx);
    const third = await leaseOf(ctx, 'f', 'a', first.token);
    expect(third.token).toBeGreaterThan(second.token);
  });

  test('that has run out and that nobody else has had is the same one again', async () => {
    const ctx = await open();
    const first = await leaseOf(ctx, 'f', 'a');
    await runOut(ctx);
    expect(await leaseOf(ctx, 'f', 'a', first.token)).toEqual(first);
  });

  test('is another one for a runtime that was started anew under the same name', async () => {
    const ctx = await open();
    const first = await leaseOf(ctx, 'f', 'a');
    await runOut(ctx);
    expect((await leaseOf(ctx, 'f', 'a')).token).toBeGreaterThan(first.token);
  });

  test('whose holder was not told of it is the holder’s at the next try, and nobody else’s', async () => {
    const ctx = await open();
    const first = await leaseOf(ctx, 'f', 'a');
    await runOut(ctx);
    // Redis runs it when it wakes; the answer comes when nobody waits for it any more.
    await acquireLease(ctx, 'f', holderOf('b'), { last: 0 });
    const key = ctx.keys.lease('f');
    await ctx.redis.pexpire(key, lifetimes.lease / 10);
    const heldBy = await ctx.redis.get(key);
    expect(await acquireLease(ctx, 'f', holderOf('a'), { last: first.token })).toEqual({ heldBy });
    expect(await acquireLease(ctx, 'f', holderOf('c'), { last: 0 })).toEqual({ heldBy });
    expect(await ctx.redis.pttl(key)).toBeLessThanOrEqual(lifetimes.lease / 10);
    const second = await leaseOf(ctx, 'f', 'b');
    expect(second).toEqual({ token: first.token + 1, text: heldBy });
    expect(await ctx.redis.pttl(key)).toBeGreaterThan(lifetimes.lease / 2);
    expect(await invoke(ctx, await readRecord(ctx, 'f'), second)).not.toBe('');
  });

  test('stays as it is when tries of its holder come late', async () => {
    const ctx = await open();
    const first = await leaseOf(ctx, 'f', 'a');
    await runOut(ctx);
    await leaseOf(ctx, 'f', 'b');
    await runOut(ctx);
    const third = await leaseOf(ctx, 'f', 'a', first.token);
    for (const last of [0, first.token]) await acquireLease(ctx, 'f', holderOf('a'), { last });
    expect(await ctx.redis.get(ctx.keys.lease('f'))).toBe(third.text);
    expect(await invoke(ctx, await readRecord(ctx, 'f'), third)).not.toBe('');
  });

  test('that a late try of its holder takes after it was let go is another one', async () => {
    const ctx = await open();
    const first = await leaseOf(ctx, 'f', 'a');
    await releaseLease(ctx, 'f', first);
    await acquireLease(ctx, 'f', holderOf('a'), { last: 0 });
    const second = await leaseOf(ctx, 'f', 'a', first.token);
    expect(second.token).toBeGreaterThan(first.token);
    const late = await invoke(ctx, await readRecord(ctx, 'f'), first).catch((error: unknown) => error);
    expect(isFenced(late)).toBe(true);
  });

  test('of one who is known to have ended goes over at once, but only from that very one', async () => {
    const ctx = await open();
    const dead = await leaseOf(ctx, 'f', 'a');
    const evicting = { last: 0, evict: dead.text };
    const answer = await acquireLease(ctx, 'f', holderOf('b'), evicting);
    expect(answer).toMatchObject({ lease: { token: dead.token + 1 } });
    const second = await acquireLease(ctx, 'f', holderOf('c'), evicting);
    expect(second).toEqual({ heldBy: 'lease' in answer ? answer.lease.text : '' });
  });

  test('that is let go is told of, and is free', async () => {
    const ctx = await open();
    const listener = ctx.redis.duplicate();
    await listener.subscribe(ctx.keys.registryChanged);
    const heard = new Promise<string>((resolve) => listener.once('message', (_channel, name: string) => resolve(name)));
    const first = await leaseOf(ctx, 'f', 'a');
    await releaseLease(ctx, 'f', first);
    expect(await heard).toBe('f');
    listener.disconnect();
    expect((await leaseOf(ctx, 'f', 'b')).token).toBeGreaterThan(first.token);
  });

  test('that is not one’s own is not let go', async () => {
    const ctx = await open();
    const first = await leaseOf(ctx, 'f', 'a');
    await runOut(ctx);
    await leaseOf(ctx, 'f', 'b');
    const before = await dumpOf(ctx);
    await releaseLease(ctx, 'f', first);
    expect(await dumpOf(ctx)).toEqual(before);
  });

  test('of one function says nothing of another', async () => {
    const ctx = await open();
    await createFunction(ctx, admin, { name: 'g' });
    await leaseOf(ctx, 'f', 'a');
    await leaseOf(ctx, 'g', 'b');
  });

  test('goes on where Redis has come back empty and the function is declared again', async () => {
    const ctx = suite.open();
    await ctx.redis.flushall();
    await declared(ctx, 'f');
    const first = await leaseOf(ctx, 'f', 'a');
    await ctx.redis.flushall();
    expect(await leaseOf(ctx, 'f', 'a', first.token)).toEqual(first);
    await ctx.redis.flushall();
    await declared(ctx, 'f');
    expect(await leaseOf(ctx, 'f', 'a', first.token)).toEqual(first);
    expect(await invoke(ctx, await readRecord(ctx, 'f'), first)).not.toBe('');
  });
});

describe('a write of an invocation', () => {
  test('is taken under the lease in force', async () => {
    const ctx = await open();
    const record = await readRecord(ctx, 'f');
    const id = await invoke(ctx, record, await leaseOf(ctx, 'f', 'a'));
    expect(await ctx.redis.xrange(ctx.keys.history('f'), '-', '+')).toMatchObject([[id, expect.anything()]]);
    expect(await ctx.redis.get('f-output')).toBe('{"a":1.0}');
    expect((await readFunction(ctx, { name: 'f' })).state.status).toBe('running');
  });

  test.each(['has run out', 'is held by another one', 'was never had', 'is another one of the same holder'])(
    'whose lease %s changes nothing, byte for byte, and nobody hears of it',
    async (how) => {
      const ctx = await open();
      const record = await readRecord(ctx, 'f');
      const first = await leaseOf(ctx, 'f', 'a');
      await invoke(ctx, record, first);
      await runOut(ctx);
      if (how === 'is held by another one') await invoke(ctx, record, await leaseOf(ctx, 'f', 'b'));
      if (how === 'is another one of the same holder') await leaseOf(ctx, 'f', 'a');
      const lease = how === 'was never had' ? { token: 1, text: `${first.token + 1} {}` } : first;
      await ctx.redis.set('f-output', 'untouched');
      const listener = ctx.redis.duplicate();
      const heard: string[] = [];
      listener.on('message', (_channel, message: string) => heard.push(message));
      await listener.subscribe(ctx.keys.live('f'));
      const before = await dumpOf(ctx);
      const refusal = await invoke(ctx, record, lease).catch((error: unknown) => error);
      expect(isFenced(refusal)).toBe(true);
      expect(await dumpOf(ctx)).toEqual(before);
      expect(await ctx.redis.get('f-output')).toBe('untouched');
      // Redis tells in order: by the time this has come, everything before it would have.
      const last = new Promise((resolve) => listener.once('message', resolve));
      await ctx.redis.publish(ctx.keys.live('f'), 'the end');
      await last;
      expect(heard).toEqual(['the end']);
      listener.disconnect();
    },
  );
});

test.each(['', 'nothing', '7', '7 {', '7 {"instance":"a"}', '7 null'])('%j names no holder', (text) => {
  expect(parseHolder(text)).toBe(null);
});
