import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, type RedisServer, startRedis } from './support/redis-server.ts';
import { scratchFolder } from './support/scratch-folder.ts';

const ROLES = ['web', 'functions', 'jobs', 'collector'];
const MAIN = join(import.meta.dirname, '..', 'runtime', 'main.ts');

const { folder: scratch } = scratchFolder();
let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis[Symbol.asyncDispose]());

type Ended = { code: number | null; lines: Record<string, unknown>[] };

/** A role started alone, as in a pod, ended once it answers; each of its lines is parsed. */
async function playedAlone(role: string, settings: Record<string, string> = {}): Promise<Ended> {
  const { PATH, HOME } = process.env;
  const port = String(await freePort());
  const own = { REDIS_URL: redis.url, VIGIA_HOME: join(scratch, role), PORT: port, HEALTH_PORT: port };
  const env = { PATH, HOME, NODE_ENV: 'production' as const, ALLOW_UNSANDBOXED: '1', ...own, ...settings };
  const child = spawn(process.execPath, [MAIN, role], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const exited = once(child, 'exit');
  const isReady = () =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(async () => child.exitCode !== null || (await isReady()), { timeout: 60_000 }).toBe(true);
  child.kill();
  const [code]: (number | null)[] = await exited;
  const lines = (await said).join('').trimEnd().split('\n');
  return { code: code ?? null, lines: lines.map((line) => JSON.parse(line)) };
}

test.each(ROLES)('each line that %s prints is JSON with its role, also what libraries print', async (role) => {
  const { code, lines } = await playedAlone(role);
  expect([code, lines.length > 0, lines.filter((line) => line.role !== role)]).toEqual([0, true, []]);
  if (role === 'web')
    expect(lines).toContainEqual(expect.objectContaining({ msg: expect.stringContaining('next.config') }));
});

test.each(ROLES)(
  '%s that finds its port taken says in such a line which one, and how to choose another',
  async (role) => {
    await using taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const setting = role === 'web' ? 'PORT' : 'HEALTH_PORT';
    const { code, lines } = await playedAlone(role, { [setting]: String(port) });
    const msg = `Vigia cannot start: port ${port} of 127.0.0.1 is in use; choose another one: ${setting}=${port + 1}`;
    expect([code, lines.at(-1)]).toEqual([78, expect.objectContaining({ role, msg })]);
  },
);

test('settings that are wrong are said in one such line', async () => {
  const { code, lines } = await playedAlone('functions', { MONITORING_PERIOD: 'often', COLLECT: 'maybe' });
  const msg = expect.stringMatching(/^Vigia cannot start: COLLECT .*; MONITORING_PERIOD /);
  expect([code, lines]).toEqual([78, [expect.objectContaining({ role: 'functions', msg })]]);
});
