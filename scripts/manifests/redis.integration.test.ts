import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { freePort } from '../../e2e/support/redis-server.ts';
import { render } from './render.ts';
import { workloads } from './workloads.ts';

const base = render(join(import.meta.dirname, '..', '..', 'k8s'));
const [redis] = workloads(base).filter(({ metadata }) => metadata.name === 'redis');
const [sh = '', , line = ''] = redis?.spec.template.spec.containers[0].command ?? [];
const config = String(Object(base.find(({ metadata }) => metadata.name === 'redis-config')?.data)['redis.conf']);

/** The container's own command and configuration, on a port and in a folder that are free here. */
async function started(env: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'vigia-redis-'));
  const port = await freePort();
  const file = join(folder, 'redis.conf');
  writeFileSync(file, `${config.replace('dir /data', `dir ${folder}`)}port ${port}\nbind 127.0.0.1\n`);
  const PATH = `${process.env.PATH}:/usr/sbin`;
  // Redis writes a title over its arguments: what they were is noted on the way to it.
  const noting = join(folder, 'bin');
  const noted = join(folder, 'given');
  mkdirSync(noting);
  writeFileSync(
    join(noting, 'redis-server'),
    `#!/bin/sh\nprintf '%s\\n' "$@" >${noted}\nPATH=\${PATH#*:}\nexec redis-server "$@"\n`,
    { mode: 0o755 },
  );
  const surroundings = { PATH: `${noting}:${PATH}`, NODE_ENV: 'test', ...env } as const;
  const child = spawn(sh, ['-c', line.replace('/etc/redis/redis.conf', file)], { env: surroundings, stdio: 'ignore' });
  const ask = (given: Record<string, string>, ...words: string[]) =>
    spawnSync('redis-cli', ['-p', String(port), ...words], {
      env: { PATH, NODE_ENV: 'test', ...given },
      encoding: 'utf8',
    }).stdout.trim();
  return {
    ask,
    config: file,
    given: () => readFileSync(noted, 'utf8').trimEnd().split('\n'),
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

describe('the Redis of the manifests', () => {
  test('keeps what is acknowledged, drops nothing, and asks for no password where there is none', async () => {
    await using server = await started({});
    await expect.poll(() => server.ask({}, 'ping')).toBe('PONG');
    expect(server.ask({}, 'config', 'get', 'appendfsync')).toBe('appendfsync\nalways');
    expect(server.ask({}, 'config', 'get', 'maxmemory-policy')).toBe('maxmemory-policy\nnoeviction');
  });

  test.each(['plain', 'a "quoted" $password', String.raw`back\slash\n'$(id)\``])(
    'asks for the password %j of the Secret, which its own probes bring, and keeps it out of its arguments',
    async (password) => {
      const auth = { REDISCLI_AUTH: password };
      await using server = await started(auth);
      await expect.poll(() => server.ask(auth, 'ping')).toBe('PONG');
      expect(server.ask({}, 'ping')).toContain('NOAUTH');
      expect(server.ask({ REDISCLI_AUTH: 'another' }, 'ping')).toContain('NOAUTH');
      expect(server.ask(auth, 'config', 'get', 'appendfsync')).toBe('appendfsync\nalways');
      expect(server.given()).toEqual([server.config, '-']);
    },
  );
});
