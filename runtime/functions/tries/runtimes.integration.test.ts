import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createContext } from '#lib/context';
import { createFunction } from '#lib/functions/create-function';
import { type Trial, tryCode } from '#lib/functions/try-code';
import { createCommandClient } from '#lib/redis';
import { limit } from '../../../e2e/support/limit.ts';
import { startRedis } from '../../../e2e/support/redis-server.ts';
import { startFunctionsRuntime } from '../../../e2e/support/role-process.ts';
import {
  ADMIN,
  expectGone,
  GOOD,
  left,
  PATIENT,
  python,
  type Surroundings,
  there,
  triesSuite,
  waiting,
} from './tries.fixture.ts';

const suite = triesSuite();
const { atRest, surroundings, folders, scratch, open } = suite;

describe('runtimes', () => {
  test('without any, that is said at once', async () => {
    const around = await surroundings();
    const startedAt = performance.now();
    await expect(around.tryIt({ code: GOOD })).rejects.toMatchObject({ code: 'unavailable' });
    expect(performance.now() - startedAt).toBeLessThan(limit(1_000));
    expect(await left(around)).toEqual([]);
  });

  test('what nobody took while the last one went is not run later', async () => {
    const around = await surroundings();
    const { under, tryIt, start } = around;
    const listener = under.redis.duplicate();
    await listener.subscribe(under.keys.tries.asked);
    const started = join(scratch, 'never-started');
    const trial = expect(tryIt({ code: waiting(started) })).rejects.toMatchObject({ code: 'unavailable' });
    await expect.poll(() => under.redis.llen(under.keys.tries.waiting)).toBe(1);
    listener.disconnect();
    await trial;
    expect(await left(around)).toEqual([]);
    await start();
    expect((await tryIt({ code: GOOD })).outcome).toBe('result');
    expect(existsSync(started)).toBe(false);
  });

  test('one that is killed in the middle leaves nothing but the word that it has ended', async () => {
    const around = await surroundings();
    const { under, tryIt } = around;
    const runtime = await startFunctionsRuntime({
      REDIS_URL: suite.redisUrl,
      KEY_PREFIX: under.config.redis.keyPrefix,
      VIGIA_HOME: join(scratch, 'killed'),
      FUNCTION_ENABLED: 'false',
      TMPDIR: scratch,
    });
    open.push(runtime);
    await expect.poll(() => under.redis.pubsub('NUMSUB', under.keys.tries.asked), PATIENT).toContain(1);
    const started = join(scratch, 'killed-started');
    const trial = expect(tryIt({ code: waiting(started) })).rejects.toMatchObject({
      code: 'unavailable',
      message: 'The runtime that took it has ended, or could not run it',
    });
    await there(started);
    runtime.child.kill();
    await trial;
    expect(await left(around)).toEqual([]);
    await expectGone(started);
    // The next one removes the folder when no try can be at work in it any more.
    const [folder = ''] = folders();
    await utimes(join(scratch, folder), new Date(0), new Date(0));
    await around.start();
    expect(folders()).toEqual([]);
  });

  test('one that stops ends what it tries, and says so', async () => {
    const around = await surroundings();
    const role = await around.start();
    const started = join(scratch, 'stopped-started');
    const trial = expect(around.tryIt({ code: waiting(started) })).rejects.toMatchObject({
      code: 'unavailable',
    });
    await there(started);
    await role[Symbol.asyncDispose]();
    await trial;
    expect(await left(around)).toEqual([]);
    expect(folders()).toEqual([]);
    await expectGone(started);
  });

  test('what nobody waits for any more is stopped', async () => {
    const around = await atRest();
    const { under, tryIt } = around;
    const started = join(scratch, 'abandoned-started');
    const trial = expect(tryIt({ code: waiting(started) })).rejects.toMatchObject({ code: 'unavailable' });
    await there(started);
    const [taken = ''] = await under.redis.keys(under.keys.tries.taken('*'));
    await under.redis.del(taken);
    await trial;
    await expectGone(started);
    await expect.poll(folders).toEqual([]);
  });

  test('two share the work, and run each request once', async () => {
    const around = await surroundings();
    await Promise.all([around.start(), around.start()]);
    const runs = join(scratch, 'runs');
    const append = `def handler(event, context):\n    open(${JSON.stringify(runs)}, "a").write(f"{event['x']}\\n")\n    return event\n`;
    const inputs = [1, 2, 3, 4, 5, 6];
    const reports = await Promise.all(
      inputs.map((x) => around.tryIt({ code: python(append), input: JSON.stringify({ x }) })),
    );
    expect(reports.map(({ result }) => JSON.parse(result?.text ?? '').x)).toEqual(inputs);
    expect(readFileSync(runs, 'utf8').trim().split('\n').map(Number).sort()).toEqual(inputs);
    expect(await left(around)).toEqual([]);
  });

  test('too many at once are refused, and the others get their turn', async () => {
    const around = await atRest();
    const goOn = join(scratch, 'go-on');
    const code = waiting(join(scratch, 'busy-started'), goOn);
    const trials = Array.from({ length: 12 }, () => around.tryIt({ code, env: 'empty' }));
    const outcomes = Promise.allSettled(trials);
    await expect(Promise.race(trials)).rejects.toMatchObject({ code: 'busy' });
    writeFileSync(goOn, '');
    const done = (await outcomes).filter(({ status }) => status === 'fulfilled');
    expect(done.length).toBeGreaterThanOrEqual(8);
    expect(done.length).toBeLessThanOrEqual(10);
    expect(await left(around)).toEqual([]);
  });

  test('go on after Redis has been restarted', async () => {
    const before = await startRedis();
    const { port } = before;
    const around = await surroundings({ url: before.url });
    await around.start();
    expect((await around.tryIt({ code: GOOD })).outcome).toBe('result');
    await before[Symbol.asyncDispose]();
    await expect(tryAgain(around, GOOD)).rejects.toMatchObject({ code: 'unavailable' });
    const after = await startRedis({ port });
    open.push(after);
    await around.under.redis.set(around.input, '{"x": 1}');
    await createFunction(around.ctx, ADMIN, { name: 'live', settings: { inputKey: around.input } });
    const outcome = () =>
      around.tryIt({ code: GOOD }).then(
        (report) => report.outcome,
        ({ code }) => code,
      );
    await expect.poll(outcome, PATIENT).toBe('result');
  });
});

/** With a client that gives up, as every role's does. */
async function tryAgain({ under }: Surroundings, code: Trial['code']) {
  const client = createCommandClient(under.config.redis, 'test', under.log);
  try {
    await client.connect().catch(() => {});
    return await tryCode(createContext(under.config, client, under.log), ADMIN, { name: 'live', code });
  } finally {
    client.disconnect();
  }
}
