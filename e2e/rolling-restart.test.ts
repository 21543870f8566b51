import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { getOver } from './support/get-over.ts';
import { startRedis } from './support/redis-server.ts';
import { startWebRole } from './support/web-role.ts';

const PASSWORD = 'a password of theirs';

const deployment = parse(
  readFileSync(join(import.meta.dirname, '..', 'k8s', 'base', 'web', 'deployment.yaml'), 'utf8'),
);

// What the cluster does in a rollout, with its steps as events: the new pod is ready, the old one is still asked for while
// nodes learn that it leaves, and only then, after the pause of its preStop hook, is it told to end.
test('a rolling restart of the front door loses no request', async () => {
  expect(deployment.spec.template.spec.containers[0].lifecycle.preStop.exec.command[0]).toBe('sleep');
  await using redis = await startRedis();
  const settings = { REDIS_URL: redis.url, ADMIN_PASSWORD: PASSWORD };
  const old = await startWebRole(settings);
  const endpoints = [old.url];
  const outcomes: number[] = [];
  let isOver = false;
  const ask = async (client: number) => {
    for (let turn = client; !isOver; turn += 1) {
      const url = endpoints[turn % endpoints.length];
      const path = ['/', '/api/v1/status', '/signin'][turn % 3];
      outcomes.push(
        await fetch(`${url}${path}`, { headers: { accept: 'text/html' } }).then(
          (r) => r.status,
          () => 0,
        ),
      );
    }
  };
  const clients = Array.from({ length: 8 }, (_, client) => ask(client));
  const moreAnswers = async (count: number) => {
    const target = outcomes.length + count;
    await expect.poll(() => outcomes.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(target);
  };
  await moreAnswers(40);
  await using next = await startWebRole(settings);
  expect((await fetch(`${next.url}/readyz`)).status).toBe(200);
  endpoints.push(next.url);
  await moreAnswers(40);
  endpoints.shift();
  // Requests that went to the old one before it left are under way now.
  await old[Symbol.asyncDispose]();
  await moreAnswers(40);
  isOver = true;
  await Promise.all(clients);
  expect(outcomes.filter((status) => status !== 200)).toEqual([]);
});

// A proxy keeps its connections, and the nodes let them live: on these, requests come until the very end.
test('whoever keeps a connection to the one that ends is told to leave, and loses no request either', async () => {
  await using redis = await startRedis();
  const old = await startWebRole({ REDIS_URL: redis.url, ADMIN_PASSWORD: PASSWORD });
  const outcomes: number[] = [];
  const clients = Array.from({ length: 8 }, async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let isTold = false; !isTold; ) {
      const [status, connection] = await getOver(agent, `${old.url}/api/v1/status`);
      outcomes.push(status);
      isTold = connection === 'close';
    }
    agent.destroy();
  });
  await expect.poll(() => outcomes.length, { timeout: 30_000 }).toBeGreaterThan(100);
  await Promise.all([old[Symbol.asyncDispose](), ...clients]);
  expect(outcomes.filter((status) => status !== 200)).toEqual([]);
});
