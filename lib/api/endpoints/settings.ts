import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { settingsInForce } from '#lib/functions/layers';
import { readSettings } from '#lib/functions/read-settings';
import { updateSettings } from '#lib/functions/update-settings';
import { settingsReading } from '#lib/schemas/api';
import type { AuditAction } from '#lib/schemas/audit';
import type { FunctionRecord } from '#lib/schemas/record';
import { type SettingChanges, settingChanges } from '#lib/schemas/settings';
import { endpoint } from '../endpoint.ts';
import { json, ok } from '../media.ts';
import { settingsOf, withCurrentSettings } from './settings-reading.ts';

const answer = ok('Every setting with all of its layers.', settingsReading);

export const settingsEndpoints = [
  endpoint({
    id: 'readSettings',
    section: 'Settings',
    method: 'GET',
    path: '/functions/{name}/settings',
    summary: 'Read the settings of a function: default, deployment and override, and which one is in force.',
    access: 'admin',
    answer,
    example: {},
    async handle(ctx, { caller, params: { name } }) {
      const record = await readSettings(ctx, caller, { name });
      return { body: settingsOf(record), revision: record.revision };
    },
  }),

  endpoint({
    id: 'updateSettings',
    section: 'Settings',
    method: 'PATCH',
    path: '/functions/{name}/settings',
    summary: 'Override settings of a function; null takes an override back. It applies from the next tick.',
    access: 'admin',
    body: json(settingChanges),
    checksRevision: true,
    answer,
    example: { body: { periodMs: 2_000, timeoutMs: null } },
    async handle(ctx, { caller, params: { name }, body: changes, revision }) {
      return await changed(ctx, caller, { action: 'function.settings', name, changes, revision });
    },
  }),

  endpoint({
    id: 'enableFunction',
    section: 'Settings',
    method: 'POST',
    path: '/functions/{name}/enable',
    summary: 'Let a function run.',
    access: 'admin',
    checksRevision: true,
    answer,
    example: {},
    async handle(ctx, { caller, params: { name }, revision }) {
      return await changed(ctx, caller, { action: 'function.enable', name, changes: { enabled: true }, revision });
    },
  }),

  endpoint({
    id: 'disableFunction',
    section: 'Settings',
    method: 'POST',
    path: '/functions/{name}/disable',
    summary: 'Let a function rest; its state, code and history stay.',
    access: 'admin',
    checksRevision: true,
    answer,
    example: {},
    async handle(ctx, { caller, params: { name }, revision }) {
      return await changed(ctx, caller, { action: 'function.disable', name, changes: { enabled: false }, revision });
    },
  }),
];

type Change = { action: AuditAction; name: string; changes: SettingChanges; revision: number | undefined };

async function changed(ctx: Context, caller: Caller, { action, ...change }: Change) {
  const { name, changes } = change;
  const before = await readSettings(ctx, caller, { name });
  const after = await withCurrentSettings(() => updateSettings(ctx, caller, change));
  const touched = (record: FunctionRecord) =>
    Object.fromEntries(Object.entries(settingsInForce(record)).filter(([setting]) => setting in changes));
  const made = after.revision === before.revision ? {} : { revision: after.revision };
  const audit = { action, target: `function/${name}`, before: touched(before), after: touched(after), ...made };
  return { body: settingsOf(after), revision: after.revision, audit };
}
