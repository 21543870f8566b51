import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { createContext } from '#lib/context';
import { lifetimes } from '#lib/keys';
import { listProcesses } from '#lib/roles/list-processes';
import { sayAlive } from '#lib/roles/say-alive';
import type { RoleProcess } from '#lib/schemas/role';
import { startCollectorRole } from '#runtime/collector/role';
import { startFunctionsRole } from '#runtime/functions/role';
import { startJobsRole } from '#runtime/jobs/role';
import { startRedis } from '../../e2e/support/redis-server.ts';
import { roleSuite } from '../../e2e/support/role-suite.ts';
import type { RoleUnderTest } from '../../e2e/support/role-under-test.ts';

const suite = roleSuite();
const until = (check: () => Promise<unknown>) => expect.poll(check, { timeout: 10_000 });

const contextOf = ({ config, redis, log }: RoleUnderTest) => createContext(config, redis, log);

const startCollector = ({ config, log }: RoleUnderTest) =>
  startCollectorRole(config, log, new AbortController().signal);

test('roles make themselves known, say what they have in hand, and take leave', async () => {
  const { under } = suite.surroundings({ COLLECT: 'on', ALLOW_UNSANDBOXED: '1', MONITORING_PERIOD: '0.2' });
  const ctx = contextOf(under);
  const processes = async () => (await listProcesses(ctx)).processes;
  const roles = async () => (await processes()).map(({ role }) => role);
  const collector = await startCollector(under);
  const functions = await startFunctionsRole(under.config, under.log);
  const jobs = await startJobsRole(under.config, under.log);
  await until(roles).toEqual(['collector', 'functions', 'jobs']);
  await until(async () => (await processes()).map(({ load }) => load)).toEqual([null, 1, 0]);
  for (const each of await processes()) {
    const { role } = each;
    expect(each).toMatchObject({ host: hostname(), pid: process.pid, node: process.versions.node, isAlive: true });
    expect([role, each.python]).toEqual([role, role === 'collector' ? null : expect.stringMatching(/^3\./)]);
  }
  await jobs[Symbol.asyncDispose]();
  expect(await roles()).toEqual(['collector', 'functions']);
  await functions[Symbol.asyncDispose]();
  await collector[Symbol.asyncDispose]();
  expect(await roles()).toEqual([]);
});

test('a role makes itself known again to a Redis that comes back with nothing', async () => {
  const first = await startRedis();
  const { under } = suite.surroundings({ COLLECT: 'on' }, first.url);
  const ctx = contextOf(under);
  const processes = async () => (await listProcesses(ctx)).processes.length;
  suite.open.push(await startCollector(under));
  await until(processes).toBe(1);
  await under.redis.flushall();
  await until(processes).toBe(1);
  await first[Symbol.asyncDispose]();
});

test('who has gone without a word is told of until somebody takes the place, or for a while', async () => {
  const { under } = suite.surroundings({});
  const ctx = contextOf(under);
  const now = Date.now();
  const said = async (instance: string, host: string, startedAt: number) => {
    const about = {
      role: 'functions',
      pid: 1,
      version: '1',
      node: '24',
      python: null,
      memoryBytes: 1,
      load: 0,
    } as const;
    await sayAlive(ctx, { ...about, instance, host, startedAt } satisfies RoleProcess);
  };
  const goes = (instance: string, ms: number) => under.redis.zincrby(under.keys.processes.seen, -ms, instance);
  const listed = async () =>
    (await listProcesses(ctx)).processes.map(({ instance, isAlive }) => `${instance} ${isAlive ? 'lives' : 'is gone'}`);

  await said('old', 'one', now - 60_000);
  await said('beside', 'one', now - 50_000);
  expect(await listed()).toEqual(['old lives', 'beside lives']);
  await goes('old', lifetimes.roleProcess + 1_000);
  expect(await listed()).toEqual(['old is gone', 'beside lives']);
  await said('elsewhere', 'two', now);
  expect(await listed()).toEqual(['old is gone', 'beside lives', 'elsewhere lives']);
  await said('next', 'one', now);
  expect(await listed()).toEqual(['beside lives', 'next lives', 'elsewhere lives']);

  await goes('elsewhere', lifetimes.goneProcess);
  await said('next', 'one', now);
  expect(await listed()).toEqual(['beside lives', 'next lives']);
  expect(await under.redis.hkeys(under.keys.processes.said)).not.toContain('elsewhere');
  expect(await under.redis.pttl(under.keys.processes.said)).toBeGreaterThan(0);
});
