import * as z from 'zod';
import { failureKind } from './function.ts';
import { entryId } from './history.ts';
import { actor } from './record.ts';
import { settingName } from './settings.ts';

/** Who did it; null where whoever asks may not know it. */
const by = actor.nullable();

const settingValue = z.union([z.string(), z.number(), z.boolean()]);
const settingChange = z.object({ name: settingName, from: settingValue, to: settingValue });
export type SettingChange = z.infer<typeof settingChange>;

/** Why a host had to be started again. `neighbour`: another function in the same process has ended it. */
export const restartReason = z.enum(['timeout', 'memory', 'exit', 'settings', 'neighbour', 'runtime']);
export type RestartReason = z.infer<typeof restartReason>;

/** Somebody wants other code to run. */
const deploy = z.object({ kind: z.literal('deploy'), version: z.number(), message: z.string(), by });
/** `version` is null for what the deployment says. */
const rollBack = z.object({ kind: z.literal('roll-back'), version: z.number().nullable(), by });
/** Settings are others in force than before. */
const settings = z.object({
  kind: z.literal('settings'),
  changes: z.array(settingChange),
  by,
  /** That of the function with this change; an admin finds it in the audit by it. */
  revision: z.number().optional(),
});
/** Another version runs than before. */
const live = z.object({ kind: z.literal('live'), version: z.number() });
/** What is to run does not load; `version` is null for code that cannot even be had. */
const notLoaded = z.object({
  kind: z.literal('not-loaded'),
  version: z.number().nullable(),
  reason: failureKind,
  message: z.string(),
});
const restart = z.object({
  kind: z.literal('restart'),
  reason: restartReason,
  /** As the failure was told; absent where nothing failed. */
  message: z.string().optional(),
  /** The invocation that the host ended in. */
  invocation: entryId.optional(),
  /** How many restarts this stands for: of many in a row, not each is kept. */
  count: z.number(),
});

/** What happened to a function beside its invocations, before Redis has it. */
export const newEvent = z.discriminatedUnion('kind', [deploy, rollBack, settings, live, notLoaded, restart]);
export type NewEvent = z.infer<typeof newEvent>;

const kept = {
  id: entryId,
  /** ms since the epoch. */
  at: z.number(),
};

/** The same as it is kept. */
export const functionEvent = z.discriminatedUnion('kind', [
  deploy.extend(kept),
  rollBack.extend(kept),
  settings.extend(kept),
  live.extend(kept),
  notLoaded.extend(kept),
  restart.extend(kept),
]);
export type FunctionEvent = z.infer<typeof functionEvent>;

/** What happened in a range, the oldest first. */
export const eventList = z.object({
  events: z.array(functionEvent),
  /** False when only the newest of them are here. */
  complete: z.boolean(),
  /** The number of each version, by what results call it: the first digits of its code's sha256. */
  versions: z.record(z.string(), z.number()),
});
export type EventList = z.infer<typeof eventList>;
