import { asAdmin } from '#lib/auth/as-admin';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { functionName } from '#lib/schemas/name';
import type { FunctionRecord } from '#lib/schemas/record';
import type { SettingChanges } from '#lib/schemas/settings';
import { checkKeys } from './check-keys.ts';
import { checkCode, type Handed } from './deploy-code.ts';
import { keepCode } from './keep-code.ts';
import { changeRecord, type Wanted } from './records.ts';
import { overridden } from './update-settings.ts';

/** Makes a function; without code of its own it runs the built-in one. Its default output key is `<name>-output`. */
export async function createFunction(
  ctx: Context,
  caller: Caller | null,
  { name, settings = {}, code }: { name: string; settings?: SettingChanges; code?: Handed | undefined },
): Promise<FunctionRecord> {
  const by = asAdmin(caller);
  const parsed = functionName.safeParse(name);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ message }) => ({ path: 'name', message }));
    throw new VigiaError('invalid', 'A function cannot have this name', { fields });
  }
  const at = Date.now();
  const wanted: Wanted = {
    name,
    createdAt: at,
    createdBy: by,
    defaultOutputKey: `${name}-output`,
    deployment: null,
    overrides: overridden({ settings: {}, changes: {}, code: null }, settings, by),
    envEpoch: 0,
  };
  await checkKeys(ctx, wanted);
  const checked = code === undefined ? undefined : await checkCode(code, by);
  return await changeRecord(ctx, name, async (record) => {
    if (record !== null) throw new VigiaError('exists', `There is a function called ${name} already`);
    if (checked === undefined) return wanted;
    const version = await keepCode(ctx, name, checked);
    return { ...wanted, overrides: { ...wanted.overrides, code: { version, at, by } } };
  });
}
