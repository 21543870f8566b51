import { describe, expect, test } from 'vitest';
import { readFunction } from '#lib/functions/read-function';
import { expectUnbroken } from '../../e2e/support/unbroken.ts';
import { counting, resultOf, runtimeSuite, until } from './registry.fixture.ts';

const { runtime } = runtimeSuite();

describe('settings of a running function', () => {
  test('the running tick ends under the old ones, the next starts under the new', async () => {
    const { under, make, change, input } = await runtime();
    const source = `import time
def handler(event, context):
    print("in the middle of", event["x"])
    time.sleep(0.4)
    return {"key": context.output_key, "x": event["x"]}
`;
    const results = await make('slow', source, { invoke: 'change', outputKey: 'slow-a' });
    const middle = (x: number) =>
      expect.poll(() => under.logLines.join('\n'), { timeout: 10_000 }).toContain(`in the middle of ${x}`);
    await middle(1);
    await change('slow', { outputKey: 'slow-b' });
    expect(resultOf(await results.next())).toEqual({ key: 'slow-a', x: 1 });
    expect(await under.redis.get('slow-a')).toBe('{"key": "slow-a", "x": 1}');
    expect(await under.redis.exists('slow-b')).toBe(0);
    await under.redis.set(input, '{"x": 2}');
    expect(resultOf(await results.next())).toEqual({ key: 'slow-b', x: 2 });
    expect(await under.redis.get('slow-b')).toBe('{"key": "slow-b", "x": 2}');
    expect(await under.redis.get('slow-a')).toBe('{"key": "slow-a", "x": 1}');
  });

  test('twenty changes lose no tick and run none twice, and the state says which revision is in force', async () => {
    const { ctx, make, change } = await runtime();
    const results = await make('changed', counting('it'));
    await results.next();
    for (let round = 0; round < 20; round += 1) {
      const { revision } = await change('changed', { periodMs: round % 2 === 0 ? 40 : 60, timeoutMs: 5_000 + round });
      await expect.poll(async () => (await readFunction(ctx, { name: 'changed' })).state.revision).toBe(revision);
    }
    expect((await readFunction(ctx, { name: 'changed' })).state).toMatchObject({ periodMs: 60, timeoutMs: 5_019 });
    expectUnbroken(results.all);
  });

  test('a shorter period counts from the last tick on, not from the end of the longer one', async () => {
    const { make, change } = await runtime();
    const results = await make('hourly', counting('it'), { periodMs: 3_600_000 });
    expect(resultOf(await results.next()).n).toBe(1);
    await change('hourly', { periodMs: 50 });
    expect(resultOf(await results.next()).n).toBe(2);
  });

  test('invoke, input key and handler change while it runs, with its env', async () => {
    const { under, make, change } = await runtime();
    const source = `${counting('tick')}
def other(event, context):
    context.env["n"] = context.env.get("n", 0) + 1
    return {"says": event["x"], "n": context.env["n"]}
`;
    const results = await make('moved', source);
    await until(results, 'tick');
    await under.redis.set('elsewhere', '{"x": "from elsewhere"}');
    await change('moved', { invoke: 'change', inputKey: 'elsewhere', handler: 'other' });
    await until(results, 'from elsewhere');
    await under.redis.set('elsewhere', '{"x": "again"}');
    await until(results, 'again');
    expectUnbroken(results.all);
  });

  test('disabled it stops, with its state written; enabled it goes on from there', async () => {
    const { under, ctx, make, change } = await runtime();
    const results = await make('paused', counting('it'));
    await results.next();
    await change('paused', { enabled: false });
    await expect.poll(() => under.redis.exists(under.keys.lease('paused')), { timeout: 10_000 }).toBe(0);
    expect(await readFunction(ctx, { name: 'paused' })).toMatchObject({
      state: { status: 'disabled' },
      runtimeAlive: false,
    });
    const stopped = results.all.length;
    await change('paused', { enabled: true });
    while (results.all.length === stopped) await results.next();
    expectUnbroken(results.all);
  });
});
