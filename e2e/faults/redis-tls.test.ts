import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN, ADMIN_PASSWORD, headersOf } from '../support/accounts.ts';
import type { RedisServer } from '../support/redis-server.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { Certificates, redisSpeaksTls, startTlsRedis } from '../support/tls-redis.ts';
import { until } from '../support/until.ts';
import { Vigia } from '../support/vigia.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'runtime', 'main.ts');

describe.skipIf(!redisSpeaksTls())('a Redis with TLS, a user and a password', () => {
  const { folder: scratch, write } = scratchFolder();
  const certificates = new Certificates();
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startTlsRedis(certificates);
  });
  afterAll(async () => {
    await redis[Symbol.asyncDispose]();
    certificates[Symbol.dispose]();
  });
  const settings = () => ({ REDIS_URL: redis.url, REDIS_CA: certificates.ca });

  test('serves every role: metrics, a function, the live feed, jobs', async () => {
    const file = write(
      'count.ts',
      `export function handler(event: object, { env, port }: { env: { n?: number }; port: number }) {
        env.n = (env.n ?? 0) + 1;
        return { n: env.n, port, sees: Object.keys(event).length > 0 };
      }\n`,
    );
    await using vigia = await Vigia.start({
      ...settings(),
      ...{ COLLECT: 'on', COLLECT_PERIOD: '0.2', FUNCTION_PATH: file, FUNCTION_INVOKE: 'change' },
      ...{ ADMIN_PASSWORD, ALLOW_UNSANDBOXED: '1' },
    });
    expect(vigia.output).toContain(`redis-cli -p ${redis.port} --tls --cacert ${certificates.ca} get metrics-output`);
    const result = async () => JSON.parse((await vigia.redis.get('metrics-output')) ?? '{}');
    await until(result).toMatchObject({ port: redis.port, sees: true });
    const feed = await fetch(`${vigia.url}/live/default`, { signal: AbortSignal.timeout(20_000) });
    const reader = feed.body?.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    while (!heard.includes('event: result')) heard += (await reader?.read())?.value ?? '';
    await reader?.cancel();
    const asAdmin = headersOf(ADMIN);
    const submitted = await fetch(`${vigia.url}/api/v1/jobs`, {
      method: 'POST',
      headers: asAdmin,
      body: JSON.stringify({ language: 'bash', code: 'echo over TLS' }),
    });
    const { id } = await submitted.json();
    const job = async () => await (await fetch(`${vigia.url}/api/v1/jobs/${id}`, { headers: asAdmin })).json();
    await until(job).toMatchObject({ status: 'DONE', stdout: 'over TLS\n' });
    expect((await fetch(`${vigia.url}/readyz`)).status).toBe(200);
    // Whoever does not want TLS is not there: all of them are ada, by way of it.
    const clients = String(await vigia.redis.call('CLIENT', 'LIST'))
      .trim()
      .split('\n');
    const names = clients.filter((line) => line.includes(' user=ada ')).map((line) => / name=(\S*)/.exec(line)?.[1]);
    for (const role of ['web', 'functions', 'collector', 'jobs']) expect(names).toContain(`vigia-${role}`);
    expect(clients).toHaveLength(names.length);
    expect(vigia.output).not.toMatch(/"level":(?:40|50)/);
  });

  const wrong = () => ({ ...settings(), REDIS_URL: redis.url.replace('of%23ada', 'hers') });

  test('that refuses the password ends every role with one line, without the password', async () => {
    const { PATH, HOME } = process.env;
    const refused = async (role: string) => {
      const own = { NODE_ENV: 'production' as const, VIGIA_HOME: join(scratch, role), COLLECT: 'on' };
      const env = { PATH, HOME, ...own, ...wrong() };
      const child = spawn(process.execPath, [MAIN, role], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      const [said, exit] = await Promise.all([text(child.stderr), once(child, 'exit'), text(child.stdout)]);
      return { said: JSON.parse(said), exit };
    };
    const msg = `Vigia cannot start: Redis at 127.0.0.1:${redis.port} refuses the user or password of REDIS_URL`;
    const roles = ['web', 'functions', 'collector', 'jobs'];
    expect(await Promise.all(roles.map(refused))).toMatchObject(
      roles.map((role) => ({ said: { role, msg }, exit: [78, null] })),
    );
  });

  test('that refuses us, or that nobody vouches for, ends the whole program with one line', async () => {
    const refused = async (how: Record<string, string>, home: string) => {
      const { code, output } = await Vigia.refused({ ...how, PORT: '0', VIGIA_HOME: join(scratch, home) });
      return [code, output.split('\n').filter((line) => line.includes('Redis'))];
    };
    const all = [refused(wrong(), 'wrong'), refused({ REDIS_URL: redis.url }, 'unknown')];
    expect(await Promise.all(all)).toEqual([
      [78, [expect.stringMatching(/^Vigia cannot start: .*refuses the user or password of REDIS_URL$/)]],
      [78, [expect.stringMatching(/^Vigia cannot start: .*is not trusted .*REDIS_CA names the file/)]],
    ]);
  });
});
