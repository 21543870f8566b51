import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_PASSWORD } from '../support/accounts.ts';
import type { RedisServer } from '../support/redis-server.ts';
import { Certificates, redisSpeaksTls, startTlsRedis } from '../support/tls-redis.ts';
import { Vigia } from '../support/vigia.ts';

describe.skipIf(!redisSpeaksTls())('a Redis with TLS, a user and a password', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'vigia-e2e-'));
  const certificates = new Certificates();
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startTlsRedis(certificates);
  });
  afterAll(async () => {
    await redis[Symbol.asyncDispose]();
    certificates[Symbol.dispose]();
    rmSync(scratch, { recursive: true });
  });
  const settings = () => ({ REDIS_URL: redis.url, REDIS_CA: certificates.ca });

  test('serves every role: metrics, a function, the live feed, jobs', async () => {
    const file = join(scratch, 'count.ts');
    writeFileSync(
      file,
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
    await expect.poll(result, { timeout: 20_000 }).toMatchObject({ port: redis.port, sees: true });
    const feed = await fetch(`${vigia.url}/live/default`, { signal: AbortSignal.timeout(20_000) });
    const reader = feed.body?.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    while (!heard.includes('event: result')) heard += (await reader?.read())?.value ?? '';
    await reader?.cancel();
    const authorization = `Basic ${btoa(`admin:${ADMIN_PASSWORD}`)}`;
    const asAdmin = { authorization, 'content-type': 'application/json' };
    const submitted = await fetch(`${vigia.url}/api/v1/jobs`, {
      method: 'POST',
      headers: asAdmin,
      body: JSON.stringify({ language: 'bash', code: 'echo over TLS' }),
    });
    const { id } = await submitted.json();
    const job = async () => await (await fetch(`${vigia.url}/api/v1/jobs/${id}`, { headers: asAdmin })).json();
    await expect.poll(job, { timeout: 20_000 }).toMatchObject({ status: 'DONE', stdout: 'over TLS\n' });
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

  test.each([
    [
      'a wrong password',
      () => ({ ...settings(), REDIS_URL: redis.url.replace('of%23ada', 'hers') }),
      'refuses the user',
    ],
    ['nobody to vouch for it', () => ({ REDIS_URL: redis.url }), 'is not trusted'],
  ])('with %s ends the start with one line', async (_what, wrong, reason) => {
    const { code, output } = await Vigia.refused({ ...wrong(), PORT: '0', VIGIA_HOME: join(scratch, 'refused') });
    expect(code).toBe(78);
    expect(output.split('\n').filter((line) => line.includes('Redis'))).toEqual([
      expect.stringMatching(new RegExp(`^Vigia cannot start: .*${reason}`)),
    ]);
    expect(output).not.toContain('hers');
  });
});
