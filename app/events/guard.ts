import type { EventList, FunctionEvent, SettingChange } from '#lib/schemas/event';
import {
  type Check,
  failureKind,
  hasFields,
  isEntryId,
  isFlag,
  isNumber,
  isText,
  listOf,
  oneOf,
  orMissing,
  orNull,
} from '../live/guards.ts';

type OfKind<Kind extends FunctionEvent['kind']> = Extract<FunctionEvent, { kind: Kind }>;

const isUser = hasFields<{ uid: number; name: string }>({ uid: isNumber, name: isText });
const isDeployment = hasFields<{ host: string }>({ host: isText });
const by = orNull((value) =>
  kindOf(value) === 'user' ? isUser(value) : kindOf(value) === 'deployment' && isDeployment(value),
);
const isValue: Check = (value) => ['string', 'number', 'boolean'].includes(typeof value);
const kept = { kind: isText, id: isEntryId, at: isNumber };

const OF_KINDS = new Map<unknown, Check>([
  ['deploy', hasFields<OfKind<'deploy'>>({ ...kept, version: isNumber, message: isText, by })],
  ['roll-back', hasFields<OfKind<'roll-back'>>({ ...kept, version: orNull(isNumber), by })],
  ['live', hasFields<OfKind<'live'>>({ ...kept, version: isNumber })],
  [
    'settings',
    hasFields<OfKind<'settings'>>({
      ...kept,
      by,
      changes: listOf(
        hasFields<SettingChange>({
          name: oneOf('inputKey', 'outputKey', 'periodMs', 'timeoutMs', 'handler', 'invoke', 'isolation', 'enabled'),
          from: isValue,
          to: isValue,
        }),
      ),
    }),
  ],
  [
    'not-loaded',
    hasFields<OfKind<'not-loaded'>>({ ...kept, version: orNull(isNumber), reason: failureKind, message: isText }),
  ],
  [
    'restart',
    hasFields<OfKind<'restart'>>({
      ...kept,
      reason: oneOf('timeout', 'memory', 'exit', 'settings', 'neighbour', 'runtime'),
      message: orMissing(isText),
      invocation: orMissing(isEntryId),
      count: isNumber,
    }),
  ],
]);

function kindOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, 'kind') : undefined;
}

const areNumbers: Check = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isNumber);

/** As the guards of the live feed, without zod. */
export const isEventList = hasFields<EventList>({
  events: listOf((value) => OF_KINDS.get(kindOf(value))?.(value) === true),
  complete: isFlag,
  versions: areNumbers,
});
