import { expect, test } from 'vitest';
import { ADMIN } from '#lib/auth/accounts.fixture';
import { createContext } from '#lib/context';
import { deployCode } from '#lib/functions/deploy-code';
import { readEvents } from '#lib/functions/read-events';
import { readInvocation } from '#lib/functions/read-invocation';
import { updateSettings } from '#lib/functions/update-settings';
import type { FunctionEvent } from '#lib/schemas/event';
import { declared } from '../../e2e/support/declared.ts';
import { roleSuite } from '../../e2e/support/role-suite.ts';
import { EventNotes } from './event-notes.ts';
import { startFunctionsRole } from './role.ts';

const suite = roleSuite();

const CODE = `
import os, time
def handler(event, context):
    if event.get("sleep"):
        time.sleep(30)
    return {"pid": os.getpid()}
def other(event, context):
    return {"pid": 0}
`;

/** A function called `default` that answers with the id of its process, and what is told of it. */
async function told(settings: Record<string, string> = {}) {
  const { under, input } = suite.surroundings({
    FUNCTION_PATH: suite.code('told.py', CODE),
    FUNCTION_TIMEOUT: '0.3',
    MONITORING_PERIOD: '0.05',
    ...settings,
  });
  const ctx = createContext(under.config, under.redis, under.log);
  const results = await under.results();
  await under.redis.set(input, '{}');
  const role = await startFunctionsRole(under.config, under.log);
  suite.open.push(role);
  const events = async () => (await readEvents(ctx, ADMIN, { name: 'default', from: 0 })).events;
  return {
    ctx,
    under,
    input,
    results,
    role,
    events,
    /** Waits until there is an event like this. */
    async happened(event: Partial<FunctionEvent>): Promise<FunctionEvent> {
      await expect.poll(events, { timeout: 15_000 }).toContainEqual(expect.objectContaining(event));
      return (await events()).findLast((each) => each.kind === event.kind) ?? expect.fail();
    },
  };
}

test('a version that goes live is told when it does, and one that does not load once, with why', async () => {
  const { ctx, happened, events } = await told();
  await happened({ kind: 'live', version: 1 });
  const deploy = (text: string) =>
    deployCode(ctx, ADMIN, { name: 'default', code: { kind: 'file', language: 'python', text } });
  await deploy('def handler(event, context):\n    return {"a": 1}\n');
  await happened({ kind: 'live', version: 2 });
  await deploy('import nowhere\n');
  await happened({
    kind: 'not-loaded',
    version: 3,
    reason: 'init',
    message: "ModuleNotFoundError: No module named 'nowhere'",
  });
  expect((await events()).map(({ kind }) => kind)).toEqual(['live', 'deploy', 'live', 'deploy', 'not-loaded']);
});

test('a deadline restarts the host, and the event names the invocation that ran past it', async () => {
  const { ctx, under, input, results, happened } = await told();
  await results.next();
  await under.redis.set(input, '{"sleep": true}');
  const event = await happened({ kind: 'restart', reason: 'timeout', message: 'timed out at 0.30 s', count: 1 });
  const id = event.kind === 'restart' ? (event.invocation ?? '') : '';
  expect(await readInvocation(ctx, ADMIN, { name: 'default', id })).toMatchObject({
    outcome: 'failed',
    failure: { kind: 'timeout' },
  });
});

test('a host that is killed, another handler and another runtime are told apart', async () => {
  const { ctx, under, results, role, happened, events } = await told({ FUNCTION_TIMEOUT: '5' });
  const { pid } = JSON.parse((await results.next()).result ?? '{}');
  process.kill(pid, 'SIGKILL');
  await happened({ kind: 'restart', reason: 'exit', message: "the function's process was killed by SIGKILL" });
  await expect.poll(async () => (await under.state())?.status, { timeout: 10_000 }).toBe('running');
  await updateSettings(ctx, ADMIN, { name: 'default', changes: { handler: 'other' } });
  await happened({ kind: 'restart', reason: 'settings' });
  await role[Symbol.asyncDispose]();
  suite.open.push(await startFunctionsRole(under.config, under.log));
  await happened({ kind: 'restart', reason: 'runtime' });
  const kinds = (await events()).map((event) => (event.kind === 'restart' ? event.reason : event.kind));
  expect(kinds).toEqual(['live', 'exit', 'settings', 'settings', 'runtime']);
});

test('a function that is enabled again starts, and nothing of it restarts', async () => {
  const { ctx, under, results, events } = await told({ FUNCTION_TIMEOUT: '5' });
  await results.next();
  const set = (enabled: boolean) => updateSettings(ctx, ADMIN, { name: 'default', changes: { enabled } });
  await set(false);
  await expect.poll(async () => (await under.state())?.status, { timeout: 10_000 }).toBe('disabled');
  await set(true);
  await expect.poll(async () => (await under.state())?.status, { timeout: 10_000 }).toBe('running');
  // Events are written in their order: after this one, none of the start is still to come.
  await updateSettings(ctx, ADMIN, { name: 'default', changes: { handler: 'other' } });
  const restarts = async () => (await events()).flatMap((event) => (event.kind === 'restart' ? event.reason : []));
  await expect.poll(restarts, { timeout: 10_000 }).toContain('settings');
  expect(await restarts()).toEqual(['settings']);
});

test('a host that ends again and again is told of ten times at once, and no end of another kind is made up', async () => {
  const { under } = suite.surroundings({});
  const ctx = createContext(under.config, under.redis, under.log);
  await declared(ctx, 'f');
  await under.redis.set(ctx.keys.lease('f'), '1 {}');
  const notes = new EventNotes(ctx, 'f', () => '1 {}', new AbortController().signal);
  const placed = { version: 1, handler: 'handler', isolation: 'own' };
  for (let end = 0; end < 25; end++) {
    notes.died({ kind: 'exit', message: 'JS heap out of memory' }, Promise.resolve(null));
    notes.wentLive(placed, 1);
  }
  notes.wentLive({ ...placed, version: 2 }, 1);
  const read = async () => (await readEvents(ctx, ADMIN, { name: 'f', from: 0 })).events;
  await expect.poll(async () => (await read()).at(-1)).toMatchObject({ kind: 'live', version: 2 });
  const restarts = (await read()).filter(({ kind }) => kind === 'restart');
  expect(restarts).toHaveLength(10);
  expect(restarts[0]).toMatchObject({ reason: 'memory', count: 1 });
});
