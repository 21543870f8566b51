import { hash } from 'node:crypto';
import { asAdmin } from '#lib/auth/as-admin';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { invalid, problemsOf } from '#lib/parse-input';
import { functionName } from '#lib/schemas/name';
import type { FunctionRecord } from '#lib/schemas/record';
import { type SettingChanges, settingChanges } from '#lib/schemas/settings';
import { checkKeys } from './check-keys.ts';
import { checkCode, deployEvent, type Handed } from './deploy-code.ts';
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
  checkFields(name, settings);
  const wishes = settingChanges.parse(settings);
  const at = Date.now();
  const wanted: Wanted = {
    name,
    createdAt: at,
    createdBy: by,
    defaultOutputKey: `${name}-output`,
    deployment: null,
    overrides: overridden({ settings: {}, changes: {}, code: null }, wishes, by),
    chosenBefore: [],
    envEpoch: 0,
  };
  const checked = code === undefined ? undefined : await checkCode(code, by);
  const sha256 = checked && hash('sha256', checked.content);
  return await changeRecord(
    ctx,
    name,
    async (record) => {
      if (record !== null) throw new VigiaError('exists', `There is a function called ${name} already`);
      await checkKeys(ctx, wanted);
      if (checked === undefined) return wanted;
      const version = await keepCode(ctx, name, checked);
      return { ...wanted, overrides: { ...wanted.overrides, code: { version, at, by } } };
    },
    {
      chosenText: () => sha256,
      events: (_before, { overrides }) => deployEvent(overrides.code?.version ?? null, code?.message ?? '', by),
      isFresh: true,
    },
  );
}

/** Name and settings are fields of one form: all that is wrong with them is said at once. */
function checkFields(name: string, settings: SettingChanges): void {
  const wrongName = functionName.safeParse(name).error?.issues ?? [];
  const wrongSettings = settingChanges.safeParse(settings).error?.issues ?? [];
  const fields = [
    ...wrongName.flatMap(problemsOf).map((problem) => ({ ...problem, path: 'name' })),
    ...wrongSettings.flatMap(problemsOf),
  ];
  if (fields.length > 0) throw invalid(fields);
}
