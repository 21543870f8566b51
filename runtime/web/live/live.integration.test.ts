import { expect, test } from 'vitest';
import { liveSuite } from './live.fixture.ts';

const feed = liveSuite();
const { connect, follow, record } = feed;

test('a viewer gets the state, then each result once with its history id', async () => {
  const stream = await follow();
  expect(stream.events[0]).toMatchObject({
    event: 'state',
    data: { state: { name: 'default' }, redisDownSince: null },
  });
  const id = await record(1);
  await stream.until(() => stream.results.length === 1);
  expect(stream.events.at(-1)).toMatchObject({ id, data: { result: '{"n": 1}', version: 'abc1234' } });
});

test.each(['after', 'Last-Event-ID'])(
  'a viewer that comes back with %s misses nothing and gets nothing twice',
  async (way) => {
    const seen = await record(10);
    await record(11);
    await record(12);
    const stream =
      way === 'after' ? await follow(`/live/default?after=${seen}`) : await follow('/live/default', { [way]: seen });
    await record(13);
    await stream.until(() => stream.results.length === 3);
    expect(stream.results).toEqual([11, 12, 13]);
  },
);

test('results written while viewers connect reach each of them, once and in order', async () => {
  const start = await record(100);
  const writing = (async () => {
    for (let n = 101; n <= 150; n++) await record(n);
  })();
  const viewers = await Promise.all(Array.from({ length: 20 }, () => follow(`/live/default?after=${start}`)));
  await writing;
  const all = Array.from({ length: 50 }, (_, index) => 101 + index);
  for (const viewer of viewers) {
    await viewer.until(() => viewer.results.length >= 50);
    expect(viewer.results).toEqual(all);
  }
});

test('what is no longer kept is said, so that the page reads its window anew', async () => {
  const stream = await follow('/live/default?after=1-0');
  await stream.until(() => stream.of('reset').length > 0);
});

test('a change of state reaches every viewer', async () => {
  const stream = await follow();
  await feed.change('crashing');
  await stream.until(() => stream.of('state').length === 2);
  expect(stream.events.at(-1)?.data).toMatchObject({ state: { status: 'crashing' }, runtimeAlive: true });
});

test('a runtime that stops saying that it runs the function is noticed', async () => {
  await feed.hold();
  await feed.change('running');
  const stream = await follow();
  await feed.letGo();
  await stream.until(() => stream.events.some(({ data }) => Object(data).runtimeAlive === false));
  await feed.hold();
});

test.each([
  ['/live/nobody', 404],
  ['/live/%00', 404],
  ['/live/%', 404],
  ['/live/default?after=yesterday', 422],
])('%s answers %i, with the reason', async (path, status) => {
  const response = await connect(path);
  expect(response.statusCode).toBe(status);
  expect(response.headers['content-type']).toBe('application/problem+json');
  response.destroy();
});
