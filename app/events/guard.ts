import type { EventList, FunctionEvent } from '#lib/schemas/event';
import { type Check, hasFields, isFlag, isNumber, listOf, oneOf } from '../guards/checks.ts';
import { isEntryId } from '../live/guards.ts';

const KINDS = [
  'deploy',
  'roll-back',
  'settings',
  'live',
  'not-loaded',
  'restart',
] as const satisfies FunctionEvent['kind'][];

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isScalar: Check = (value) => !isObject(value);
/** Holds nothing that a page could not write down. */
const isFlat: Check = (value) => isObject(value) && !Array.isArray(value) && Object.values(value).every(isScalar);

const head = hasFields<Pick<FunctionEvent, 'kind' | 'id' | 'at'>>({
  kind: oneOf(...KINDS),
  id: isEntryId,
  at: isNumber,
});

const isEvent: Check = (value) =>
  head(value) &&
  (value.kind !== 'settings' || ('changes' in value && listOf(isFlat)(value.changes))) &&
  Object.entries(value).every(
    ([field, part]) =>
      isScalar(part) || (field === 'by' && isFlat(part)) || (field === 'changes' && Array.isArray(part)),
  );

/**
 * What a page needs to hold of an answer, so that it can be shown. Looser than the guards of the live feed, as there are
 * many kinds of events, and each byte of this is part of every page.
 */
export const isEventList = hasFields<EventList>({
  events: listOf(isEvent),
  complete: isFlag,
  versions: (value) => isFlat(value) && Object.values(Object(value)).every(isNumber),
});
