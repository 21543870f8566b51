import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { createLog } from '#lib/log';
import { createCommandClient, withRedis } from '#lib/redis';
import { startEmbeddedRedis } from '#runtime/all-in-one/embedded-redis';
import { startFunctionsRole } from '#runtime/functions/role';
import { limit } from '../support/limit.ts';
import { startRedis } from '../support/redis-server.ts';
import { roleSuite } from '../support/role-suite.ts';

const suite = roleSuite();
const { code, open } = suite;

const COUNTING_PYTHON = `import os
def handler(event, context):
    context.env["n"] = context.env.get("n", 0) + 1
    return {"n": context.env["n"], "pid": os.getpid(), "x": event["x"]}
`;
const COUNTING_JAVASCRIPT = `export function handler(event, { env }) {
  env.n = (env.n ?? 0) + 1;
  return { n: env.n, pid: process.pid, x: event.x };
}
`;
const FUNCTIONS = [
  ['counting.py', COUNTING_PYTHON],
  ['counting.mjs', COUNTING_JAVASCRIPT],
] as const;

/** A functions role of one function on this Redis, whose input is there already. */
async function running(url: string, file: string, source: string, settings: Record<string, string> = {}) {
  const { under, input } = suite.surroundings({ FUNCTION_PATH: code(file, source), ...settings }, url);
  const results = await under.results();
  await under.redis.set(input, '{"x": 0}');
  open.push(await startFunctionsRole(under.config, under.log));
  const first = numbers(await results.next());
  return { under, input, results, first };
}

const numbers = ({ result }: { result?: string | undefined }): { n: number; pid: number; x: number } =>
  JSON.parse(result ?? '{}');

test('the embedded Redis is killed again and again: it is said, it comes back, hosts live on, and nothing acknowledged is lost', async () => {
  const home = mkdtempSync(join(tmpdir(), 'vigia-test-'));
  const said: { msg: string; at: number }[] = [];
  const log = createLog('test', 'info', (line) => said.push({ msg: JSON.parse(line).msg, at: performance.now() }));
  const environment = { PATH: process.env.PATH ?? '' };
  const embedded = await startEmbeddedRedis({ home, preferredPort: 0, environment, log });
  const clients = [new Redis(embedded.url), createCommandClient(embedded, 'test', log)] as const;
  const [observer, writer] = clients;
  for (const client of clients) client.on('error', () => {});
  try {
    const functions = await Promise.all(
      FUNCTIONS.map(([file, source]) => running(embedded.url, file, source, { MONITORING_PERIOD: '0.02' })),
    );
    await writer.connect();
    const acknowledged: string[] = [];
    const stop = new AbortController();
    const writing = (async () => {
      for (let n = 0; !stop.signal.aborted; n++) {
        const written = await writer.set(`setting-${n}`, n).catch(() => delay(5));
        if (written === 'OK') acknowledged.push(`setting-${n}`);
      }
    })();
    const saidMs: number[] = [];
    const backMs: number[] = [];
    for (let kill = 0; kill < 3; kill++) {
      const info = await observer.info('server');
      const before = acknowledged.length;
      await expect.poll(() => acknowledged.length, { timeout: 10_000 }).toBeGreaterThan(before + 5);
      // A random moment: in the middle of a write, of a fsync, or between two of them.
      await delay(Math.random() * 50);
      const seen = functions.map(({ results }) => results.all.length);
      const killedAt = performance.now();
      process.kill(Number(/process_id:(\d+)/.exec(info)?.[1]), 'SIGKILL');
      const line = () => said.find(({ msg, at }) => at >= killedAt && /^Redis was killed by SIGKILL/.test(msg));
      await expect.poll(line, { timeout: 5_000 }).toBeDefined();
      saidMs.push((line()?.at ?? 0) - killedAt);
      // The client of this test, which waits for a connection, answers when there is one.
      await observer.ping();
      backMs.push(performance.now() - killedAt);
      for (const [index, { results }] of functions.entries())
        await expect.poll(() => results.all.length, { timeout: 10_000 }).toBeGreaterThan((seen[index] ?? 0) + 3);
    }
    // One of them: the machine may be busy with other tests, and each time there is a longer wait.
    expect([Math.min(...saidMs) < 1_000, Math.min(...backMs) < 2_000]).toEqual([true, true]);
    stop.abort();
    await writing;
    expect(await observer.mget(acknowledged)).toEqual(acknowledged.map((key) => key.slice('setting-'.length)));
    for (const { under, results, first } of functions) {
      const published = [...results.all];
      const kept = await observer.xrange(under.keys.history('default'), '-', '+');
      const ids = new Set(kept.map(([id]) => id));
      expect(published.filter(({ id }) => !ids.has(id))).toEqual([]);
      const all = published.map(numbers);
      expect(new Set(all.map(({ pid }) => pid))).toEqual(new Set([first.pid]));
      // Never again from the start, and no invocation twice.
      expect(all.every(({ n }, index) => index === 0 || n > (all[index - 1]?.n ?? 0))).toBe(true);
      expect(under.logged('loaded')).toHaveLength(1);
    }
  } finally {
    for (const client of clients) client.disconnect();
    for (const each of open.splice(0).reverse()) await each[Symbol.asyncDispose]();
    await embedded[Symbol.asyncDispose]();
    rmSync(home, { recursive: true });
  }
}, 60_000);

describe('a Redis that does not answer', () => {
  test('costs no memory, however much is asked of it, and is used again when it does', async () => {
    await using own = await startRedis();
    const program = `
      import { createCommandClient } from ${module('lib/redis.ts')};
      import { createLog } from ${module('lib/log.ts')};
      const redis = createCommandClient({ url: ${JSON.stringify(own.url)} }, 'test', createLog('test', 'silent', () => {}));
      await redis.connect();
      const used = () => { gc(); const { heapUsed, external } = process.memoryUsage(); return (heapUsed + external) / 2 ** 20; };
      const ask = () => Array.from({ length: 100 }, (_, n) => redis.set('key-' + n, 'x'.repeat(500)).then(() => true, () => false));
      await Promise.all(Array.from({ length: 50 }, ask).flat());
      const before = used();
      process.kill(${own.pid}, 'SIGSTOP');
      const answers = [];
      const startedAt = performance.now();
      let slowest = 0;
      while (performance.now() - startedAt < 3_500) {
        const askedAt = performance.now();
        for (const answer of ask()) answer.then((good) => { slowest = Math.max(slowest, performance.now() - askedAt); answers.push(good); });
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      const grownMiB = used() - before;
      const [asked, good] = [answers.length, answers.filter(Boolean).length];
      process.kill(${own.pid}, 'SIGCONT');
      const backAt = performance.now();
      while (!(await redis.ping().then(() => true, () => new Promise((resolve) => setTimeout(resolve, 20, false)))));
      console.log(JSON.stringify({ asked, good, slowest, grownMiB, backAfter: performance.now() - backAt }));
      redis.disconnect();
    `;
    const report = JSON.parse(await inNode(program));
    expect(report.asked).toBeGreaterThan(5_000);
    expect(report.good).toBe(0);
    expect(report.slowest).toBeLessThan(limit(5_000));
    expect(report.grownMiB).toBeLessThan(20);
    expect(report.backAfter).toBeLessThan(limit(5_000));
  }, 30_000);

  test('but works on something else for long, is waited for no longer than one that is away', async () => {
    const { under } = suite.surroundings({});
    const redis = createCommandClient({ url: suite.redisUrl }, 'blocked', under.log);
    await redis.connect();
    const busy = `local start = redis.call('TIME')
      local function seconds() local now = redis.call('TIME') return now[1] - start[1] + (now[2] - start[2]) / 1e6 end
      while seconds() < 3 do end return seconds()`;
    const working = under.redis.eval(busy, 0);
    // The first may still come before the script does.
    const refused = () => withRedis(() => redis.get('anything')).catch((error: unknown) => error);
    await expect.poll(refused, { timeout: 10_000 }).toMatchObject({ code: 'unavailable' });
    // It has not only waited until Redis was free again.
    const answered = await Promise.race([working.then(() => 'free again'), 'still busy']);
    expect(answered).toBe('still busy');
    await working;
    await expect.poll(() => redis.ping().catch(() => null), { timeout: 10_000 }).toBe('PONG');
    redis.disconnect();
  });

  test('has a write whose answer was lost done once, not again on the next connection', async () => {
    const { under } = suite.surroundings({});
    // Hangs up on the client as soon as Redis has answered the write.
    const proxy = createServer((client) => {
      const redis = connect(Number(new URL(suite.redisUrl).port), '127.0.0.1');
      let isLast = false;
      client.on('data', (chunk: Buffer) => {
        isLast ||= chunk.includes('incr');
        redis.write(chunk);
      });
      redis.on('data', (chunk) => (isLast ? client.destroy() : client.write(chunk)));
      for (const [one, other] of [[client, redis] as const, [redis, client] as const])
        one.on('error', () => {}).on('close', () => other.destroy());
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const address = proxy.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const redis = createCommandClient({ url: `redis://127.0.0.1:${port}` }, 'once', under.log);
    await redis.connect();
    const again = once(redis, 'ready');
    await expect(redis.incr('once')).rejects.toThrow();
    await again;
    expect(await redis.get('once')).toBe('1');
    redis.disconnect();
    proxy.close();
  });
});

function module(path: string): string {
  return JSON.stringify(join(import.meta.dirname, '..', '..', path));
}

async function inNode(program: string): Promise<string> {
  const args = ['--input-type=module-typescript', '--expose-gc', '-e', program];
  const env = { NODE_ENV: 'test' as const, PATH: process.env.PATH ?? '' };
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname, env });
  return stdout;
}
