import { expect, test } from 'vitest';
import { browserSuite } from '../support/browser-suite.ts';
import { startSeededWeb } from '../support/seeded-web.ts';

const { openAs } = browserSuite();
const PATHS = ['/functions/default', '/functions/default/settings'];

test('the first HTML of a function’s pages says that the memory of Redis is full, until there is room again', async () => {
  await using web = await startSeededWeb([{ name: 'default' }]);
  const page = await openAs(web, '/account');
  const told = () =>
    Promise.all(
      PATHS.map(async (path) => {
        const answer = await page.request.get(web.url + path);
        return [answer.status(), (await answer.text()).includes('The memory of Redis is full.')];
      }),
    );
  expect(await told()).toEqual(PATHS.map(() => [200, false]));
  await web.ctx.redis.config('SET', 'maxmemory', '1');
  expect(await told()).toEqual(PATHS.map(() => [200, true]));
  await web.ctx.redis.config('SET', 'maxmemory', '0');
  expect(await told()).toEqual(PATHS.map(() => [200, false]));
});
