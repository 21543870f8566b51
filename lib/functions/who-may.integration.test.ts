import { expect, test } from 'vitest';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { createFunction } from './create-function.ts';
import { deleteFunction } from './delete-function.ts';
import { deployCode, rollBack } from './deploy-code.ts';
import { listVersions, readListedVersion } from './list-versions.ts';
import { readDeployedCode } from './read-deployed-code.ts';
import { readSettings } from './read-settings.ts';
import { admin, anna, dumpOf, python, registrySuite } from './registry.fixture.ts';
import { tryCode } from './try-code.ts';
import { updateSettings } from './update-settings.ts';

const suite = registrySuite();
const code = python('x = 1');

/** Every verb about settings and code, on a function that is there and on one that is not. */
const verbs: Record<string, (ctx: Context, caller: Caller | null, name: string) => Promise<unknown>> = {
  readSettings: (ctx, caller, name) => readSettings(ctx, caller, { name }),
  updateSettings: (ctx, caller, name) => updateSettings(ctx, caller, { name, changes: { periodMs: 1_000 } }),
  listVersions: (ctx, caller, name) => listVersions(ctx, caller, { name }),
  readListedVersion: (ctx, caller, name) => readListedVersion(ctx, caller, { name, number: 1 }),
  readDeployedCode: (ctx, caller, name) => readDeployedCode(ctx, caller, { name, sha256: 'abc' }),
  deployCode: (ctx, caller, name) => deployCode(ctx, caller, { name, code }),
  rollBack: (ctx, caller, name) => rollBack(ctx, caller, { name, version: null }),
  tryCode: (ctx, caller, name) => tryCode(ctx, caller, { name, code }),
  createFunction: (ctx, caller, name) => createFunction(ctx, caller, { name, code }),
  deleteFunction: (ctx, caller, name) => deleteFunction(ctx, caller, { name }),
};

test.each(Object.entries(verbs))('%s is for admins, and tells nobody else what is there', async (_name, verb) => {
  const ctx = suite.open();
  await createFunction(ctx, admin, { name: 'f', code });
  const before = await dumpOf(ctx);
  for (const name of ['f', 'missing']) {
    await expect(verb(ctx, null, name)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(verb(ctx, anna, name)).rejects.toMatchObject({ code: 'forbidden' });
  }
  expect(await dumpOf(ctx)).toEqual(before);
});
