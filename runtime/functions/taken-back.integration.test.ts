import { expect, test } from 'vitest';
import type { Caller } from '#lib/auth/caller';
import { createContext } from '#lib/context';
import { createFunction } from '#lib/functions/create-function';
import { deployCode, rollBack } from '#lib/functions/deploy-code';
import { readFunction } from '#lib/functions/read-function';
import { updateSettings } from '#lib/functions/update-settings';
import type { SettingChanges } from '#lib/schemas/settings';
import { roleSuite } from '../../e2e/support/role-suite.ts';
import { startFunctionsRole } from './role.ts';

const ADMIN: Caller = { uid: 0, name: 'ana', role: 'admin', via: 'session', credentialId: null };
const PATIENT = { timeout: 10_000 };
const python = (text: string) => ({ kind: 'file', language: 'python', text }) as const;
const suite = roleSuite();

/** A function that runs, and what can be done to it. */
async function running() {
  const { under, input } = suite.surroundings({ MONITORING_PERIOD: '0.05' });
  const ctx = createContext(under.config, under.redis, under.log);
  await under.redis.set(input, '{"x": 1}');
  suite.open.push(await startFunctionsRole(under.config, under.log));
  const code = python('def handler(event, context):\n    return {"x": event["x"]}\n');
  await createFunction(ctx, ADMIN, { name: 'tried', settings: { inputKey: input, periodMs: 50 }, code });
  await (await under.results('tried')).next();
  const state = async () => (await readFunction(ctx, { name: 'tried' })).state;
  return {
    state,
    change: (changes: SettingChanges) => updateSettings(ctx, ADMIN, { name: 'tried', changes }),
    deploy: (text: string) => deployCode(ctx, ADMIN, { name: 'tried', code: python(text) }),
    rollBack: (version: number) => rollBack(ctx, ADMIN, { name: 'tried', version }),
    rejected: () =>
      expect.poll(async () => (await state()).rejected, PATIENT).toMatchObject({ failure: { kind: 'init' } }),
  };
}

test('a handler that does not load is forgotten when it is taken back, and what is changed then is in force', async () => {
  const { state, change, rejected } = await running();
  await change({ handler: 'nothing' });
  await rejected();
  expect(await state()).toMatchObject({ status: 'running', handler: 'nothing' });
  await change({ handler: null });
  await expect.poll(state, PATIENT).toMatchObject({ handler: 'handler', rejected: null });
  await change({ timeoutMs: 2_000 });
  await expect.poll(state, PATIENT).toMatchObject({ timeoutMs: 2_000, status: 'running' });
});

test('so is code that does not load', async () => {
  const { state, deploy, rollBack, rejected } = await running();
  await deploy('def handler(:\n');
  await rejected();
  await rollBack(1);
  await expect.poll(state, PATIENT).toMatchObject({ versionNumber: 1, rejected: null });
});
