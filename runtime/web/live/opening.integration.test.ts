import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { Context } from '#lib/context';
import { createSubscriber } from '#lib/redis';
import { LiveHub } from './hub.ts';
import { liveSuite, viewerWithout } from './live.fixture.ts';

const feed = liveSuite();
const { record } = feed;

/** The context with a Redis in which something happens before a command, once. */
function interrupted(command: 'xrevrange' | 'xrange', times: number, before: () => Promise<void>): Context {
  let left = times;
  const proxy = new Proxy(feed.ctx.redis, {
    get(target, key) {
      const found = Reflect.get(target, key, target);
      if (typeof found !== 'function') return found;
      return async (...given: unknown[]) => {
        if (key === command && --left === 0) await before();
        return await Reflect.apply(found, target, given);
      };
    },
  });
  return { ...feed.ctx, redis: proxy };
}

test('a state that changes while the feed opens is not taken back by what was read before', async () => {
  const own = createSubscriber(feed.redis, 'test', feed.under.log);
  await own.connect();
  // The second look, after the subscription, reads the state and then, with this command, the newest result.
  const changing = interrupted('xrevrange', 2, async () => {
    const heard = once(own, 'message');
    await feed.change('failing');
    await heard;
  });
  await using opening = new LiveHub(changing, own);
  const { viewer, said } = viewerWithout();
  await opening.join('default', viewer, null, () => {});
  expect(said.findLast((frame) => frame.includes('event: state'))).toContain('"status":"failing"');
  own.disconnect();
  await feed.change('running', false);
});

test('a viewer whose catching up fails once gets what it missed, before what came meanwhile', async () => {
  const own = createSubscriber(feed.redis, 'test', feed.under.log);
  await own.connect();
  const seen = await record(500);
  await record(501);
  const failing = interrupted('xrange', 3, async () => {
    await record(502);
    throw new Error('Command timed out');
  });
  await using trying = new LiveHub(failing, own);
  const { viewer, said } = viewerWithout();
  await trying.join('default', viewer, seen, () => {});
  const results = () => said.flatMap((frame) => /"n\\?": (\d+)/.exec(frame.replaceAll('\\', ''))?.[1] ?? []);
  await expect.poll(results, { timeout: 10_000 }).toEqual(['501', '502']);
  own.disconnect();
});

test('a viewer who leaves while the feed opens takes nobody with it', async () => {
  await expect.poll(() => feed.hub.viewers).toBe(0);
  const [hasty, patient] = [viewerWithout().viewer, viewerWithout().viewer];
  const joining = [hasty, patient].map((each) => feed.hub.join('default', each, null, () => {}));
  await feed.hub.leave('default', hasty);
  await Promise.all(joining);
  await feed.hub.leave('default', hasty);
  const channel = feed.under.keys.live('default');
  expect(await feed.under.redis.pubsub('NUMSUB', channel)).toEqual([channel, 1]);
  expect(feed.hub.viewers).toBe(1);
  await feed.hub.leave('default', patient);
  await expect.poll(() => feed.under.redis.pubsub('NUMSUB', channel)).toEqual([channel, 0]);
});
