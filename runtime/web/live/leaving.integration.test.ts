import { once } from 'node:events';
import { expect, test } from 'vitest';
import { LiveHub } from './hub.ts';
import { liveSuite, viewerWithout } from './live.fixture.ts';

const feed = liveSuite();
const { connect, follow, record } = feed;

test('a viewer that leaves is let go of', async () => {
  const [one, two] = [await follow(), await follow()];
  expect(feed.hub.viewers).toBe(2);
  one.close();
  two.close();
  await expect.poll(() => feed.hub.viewers).toBe(0);
  const again = await follow();
  await record(300);
  await again.until(() => again.results.includes(300));
});

test('an open stream is none of the server’s any more: nothing of its request is kept, and no stop waits for it', async () => {
  const kept = () => new Promise((resolve) => feed.server.getConnections((_error, count) => resolve(count)));
  const stream = await follow();
  await expect.poll(kept).toBe(0);
  feed.server.closeAllConnections();
  await record(310);
  await stream.until(() => stream.results.includes(310));
});

test('a viewer who comes when the feed has ended is sent away with the state', async () => {
  const ending = new LiveHub(feed.ctx, feed.subscriber);
  await ending[Symbol.asyncDispose]();
  const { viewer, said } = viewerWithout();
  viewer.end = () => void said.push('the end');
  await ending.join('default', viewer, null, () => {});
  expect(said).toEqual([expect.stringContaining('event: state'), 'the end']);
  await ending.leave('default', viewer);
});

test('a reader that does not read is dropped, and the others go on', async () => {
  const idle = await connect('/live/default');
  idle.pause();
  const closed = once(idle, 'close');
  idle.on('error', () => {});
  const busy = await follow();
  const more = `, "filler": "${'x'.repeat(200_000)}"`;
  for (let written = 0; written < 400 && feed.hub.viewers === 2; written++) await record(999, { more });
  expect(feed.hub.viewers).toBe(1);
  await record(1000);
  await busy.until(() => busy.results.includes(1000));
  idle.destroy();
  await closed;
});
