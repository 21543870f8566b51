import { expect, test } from 'vitest';
import { limit } from '../support/limit.ts';
import { memoryOf } from '../support/memory-of.ts';
import { startRedis } from '../support/redis-server.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { Vigia } from '../support/vigia.ts';

const scratch = scratchFolder();

/** Much asked of the front door at once, for some seconds. */
const AT_ONCE = 20;
const STOPPED_MS = 3_000;
/** So many answers to such a crowd, and the front door has grown to what it costs, however fast the machine. */
const WARMED_UP = 3_000;

type Answer = { path: string; status: number; retryAfter: string | null; tookMs: number };

async function ask(url: string, path: string): Promise<Answer> {
  const startedAt = performance.now();
  const response = await fetch(url + path);
  await response.arrayBuffer();
  return {
    path,
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    tookMs: performance.now() - startedAt,
  };
}

/** How long half of them took: one moment in which the machine is busy with other tests says nothing. */
function median(answers: readonly Answer[]): number {
  const times = answers.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? 0;
}

test('while Redis is stopped the API says so and when to come back, at no cost of memory, and nothing is restarted', async () => {
  const file = scratch.write('echo.py', 'def handler(event, context):\n    return {"x": event["x"]}\n');
  const api = ['/api/v1/functions', '/api/v1/functions/default', '/api/v1/functions/default/window?range=5m'];
  await using own = await startRedis();
  await using vigia = await Vigia.start({ REDIS_URL: own.url, FUNCTION_PATH: file, MONITORING_PERIOD: '0.2' });
  await vigia.redis.set('metrics', '{"x": 1}');
  const all = async (paths: readonly string[], count: number) =>
    await Promise.all(Array.from({ length: count }, (_, index) => ask(vigia.url, paths[index % paths.length] ?? '/')));
  await expect
    .poll(async () => (await all(api, 3)).map(({ status }) => status), { timeout: 20_000 })
    .toEqual([200, 200, 200]);
  const hammer = async (isEnough: (answers: readonly Answer[]) => boolean) => {
    const answers: Answer[] = [];
    while (!isEnough(answers)) answers.push(...(await all(api, AT_ONCE)));
    return answers;
  };
  // More is asked before: what grows from there on is what the outage costs.
  await hammer(({ length }) => length >= WARMED_UP);
  const web = vigia.process(/main\.ts web/);
  const before = memoryOf(web.pid);
  const pids = vigia.processes().map(({ pid }) => pid);

  process.kill(own.pid, 'SIGSTOP');
  // The first wait for an answer that does not come; later ones learn at once that there is no connection.
  const [livez, readyz, ...first] = await all(['/livez', '/readyz', ...api], 2 + api.length);
  expect([livez?.status, readyz?.status]).toEqual([200, 503]);
  expect(readyz?.tookMs).toBeLessThan(limit(3_000));
  const startedAt = performance.now();
  const more = await hammer(() => performance.now() - startedAt >= STOPPED_MS);
  expect(more.length).toBeGreaterThanOrEqual(2 * AT_ONCE);
  for (const answer of [...first, ...more]) expect(answer).toEqual({ ...answer, status: 503, retryAfter: '2' });
  for (const answers of [first, more]) expect(median(answers)).toBeLessThan(limit(1_500));
  // What was garbage is collected while more is asked.
  const grown = async () => {
    await all(api, AT_ONCE);
    return memoryOf(web.pid) - before;
  };
  await expect.poll(grown, { timeout: 60_000 }).toBeLessThan(20);

  process.kill(own.pid, 'SIGCONT');
  const backAt = performance.now();
  await expect
    .poll(async () => (await all([...api, '/readyz'], 4)).map(({ status }) => status), { timeout: 20_000 })
    .toEqual([200, 200, 200, 200]);
  expect(performance.now() - backAt).toBeLessThan(limit(2_000));
  await vigia.redis.set('metrics', '{"x": 2}');
  await expect.poll(() => vigia.redis.get('metrics-output'), { timeout: 20_000 }).toBe('{"x": 2}');
  expect(vigia.processes().map(({ pid }) => pid)).toEqual(pids);
});
