import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { loadConfig } from '#lib/config';
import { render } from '../manifests/render.ts';
import { workloads } from '../manifests/workloads.ts';
import { lineage, parseDockerfile, variables } from './dockerfile.ts';

const ROOT = join(import.meta.dirname, '..', '..');

const role = z.object({
  image: z.enum(['vigia-web', 'vigia-runtime']),
  build: z.object({ context: z.literal('.'), target: z.string() }).optional(),
  pull_policy: z.string().optional(),
  read_only: z.literal(true),
  tmpfs: z.tuple([z.templateLiteral([z.literal('/tmp'), z.string()])]),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  depends_on: z.object({ redis: z.object({ condition: z.literal('service_healthy') }) }),
  command: z.array(z.string()).default(['web']),
  environment: z.record(z.string(), z.string()),
  healthcheck: z.object({ test: z.array(z.string()) }),
});
const { services } = z
  .object({
    services: z.object({
      redis: z.looseObject({ healthcheck: z.looseObject({ test: z.array(z.string()) }) }),
      web: role,
      functions: role,
      jobs: role,
      collector: role,
    }),
  })
  .parse(parse(readFileSync(join(ROOT, 'compose.yaml'), 'utf8'), { merge: true }));
const { redis, ...roles } = services;
const dockerfile = parseDockerfile(readFileSync(join(ROOT, 'Dockerfile'), 'utf8'));
const stages = dockerfile.map(({ name }) => name);

test.each(Object.entries(roles))('%s starts with its settings, and is asked where it answers', (name, service) => {
  expect(service.command).toEqual([name]);
  // As compose does it for somebody who has set nothing.
  const settings = Object.entries(service.environment).map(([key, value]) => [
    key,
    value.replace(/^\$\{\w+:-(.*)\}$/, '$1'),
  ]);
  const config = loadConfig(Object.fromEntries(settings));
  expect(config.redis.url).toBe('redis://redis:6379');
  expect(service.healthcheck.test.join(' ')).toContain(`http://127.0.0.1:${name === 'web' ? 3000 : 9464}/readyz`);
  if (name === 'collector') expect(config.collector).toMatchObject({ mode: 'on', proc: '/host/proc' });
});

// Docker's containerd image store takes one export of a name at a time: of two, one fails with "already exists".
test.each(['web', 'runtime'])('vigia-%s is built by one service, and no other looks for it in a registry', (target) => {
  const users = Object.values(roles).filter(({ image }) => image === `vigia-${target}`);
  const [builder, ...others] = users.filter(({ build }) => build !== undefined);
  expect([builder?.build, others]).toEqual([{ context: '.', target }, []]);
  expect(stages).toContain(target);
  for (const user of users) expect(user.pull_policy).toBe(user === builder ? undefined : 'never');
});

test('what people bring may be run where it is written, and nothing else may', () => {
  const settings = Object.fromEntries(lineage(dockerfile, 'runtime').flatMap(variables));
  expect([settings.TMPDIR, loadConfig(settings).home]).toEqual([undefined, '/tmp/vigia']);
  // Docker mounts a tmpfs without `exec` unless it is told: no archive with a native module could be loaded from it.
  const mayRun = Object.entries(roles).filter(([, { tmpfs }]) => tmpfs[0].split(/[:,]/).includes('exec'));
  expect(mayRun.map(([name]) => name)).toEqual(['functions', 'jobs']);
});

test('Redis counts as healthy by what it says, as in the manifests: an error ends redis-cli with 0 as well', () => {
  const [manifest] = workloads(render(join(ROOT, 'k8s'))).filter(({ metadata }) => metadata.name === 'redis');
  const [, , probe] = manifest?.spec.template.spec.containers[0].readinessProbe?.exec?.command ?? [];
  expect(redis.healthcheck.test).toEqual(['CMD-SHELL', probe]);
});

test('Redis keeps what is acknowledged, and drops nothing', () => {
  expect(redis.command).toEqual(
    expect.arrayContaining(['--appendfsync', 'always', '--maxmemory-policy', 'noeviction']),
  );
});
