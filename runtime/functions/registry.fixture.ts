import type { Caller } from '#lib/auth/caller';
import { createContext } from '#lib/context';
import { createFunction } from '#lib/functions/create-function';
import { updateSettings } from '#lib/functions/update-settings';
import type { SettingChanges } from '#lib/schemas/settings';
import { roleSuite } from '../../e2e/support/role-suite.ts';
import type { LiveResult } from '../../e2e/support/role-under-test.ts';
import { startFunctionsRole } from './role.ts';

export const ADMIN: Caller = { uid: 0, name: 'ana', role: 'admin', via: 'session', credentialId: null };

/** Code that counts its calls as `n`. */
export const counting = (says: string) => `
def handler(event, context):
    context.env["n"] = context.env.get("n", 0) + 1
    return {"says": "${says}", "n": context.env["n"]}
`;
export const python = (text: string) => ({ kind: 'file', language: 'python', text }) as const;

type Results = { next(): Promise<LiveResult> };

export const resultOf = ({ result }: LiveResult) => JSON.parse(result ?? 'null');

/** Reads on until a result says this. */
export async function until(results: Results, says: string) {
  for (;;) {
    const value = resultOf(await results.next());
    if (value?.says === says) return value;
  }
}

/** A functions role, and functions that the test makes for it. */
export function runtimeSuite() {
  const suite = roleSuite();

  /** With nothing that runs until it is started. */
  async function registry() {
    const { under, input } = suite.surroundings({ MONITORING_PERIOD: '0.05' });
    const ctx = createContext(under.config, under.redis, under.log);
    await under.redis.set(input, '{"x": 1}');
    const start = async () => void suite.open.push(await startFunctionsRole(under.config, under.log));
    const make = async (name: string, code: string, more: SettingChanges = {}) => {
      const periodMs = 50;
      await createFunction(ctx, ADMIN, { name, settings: { inputKey: input, periodMs, ...more }, code: python(code) });
      return await under.results(name);
    };
    const change = (name: string, changes: SettingChanges) => updateSettings(ctx, ADMIN, { name, changes });
    return { under, ctx, input, start, make, change };
  }

  return {
    registry,
    async runtime() {
      const made = await registry();
      await made.start();
      return made;
    },
  };
}
