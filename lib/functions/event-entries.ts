import { liveMessage } from '#lib/keys';
import { type FunctionEvent, newEvent } from '#lib/schemas/event';

/** Of one function. */
export const MAX_EVENTS = 5_000;

/** Beginning of a script: `note(stream, channel, json)` keeps an event, and tells viewers that there is one to read. */
export const NOTE_EVENT = `
local function note(stream, channel, json)
  redis.call('XADD', stream, 'MAXLEN', '=', ${MAX_EVENTS}, '*', 'e', json)
  redis.call('PUBLISH', channel, '${liveMessage.event}\\n')
end
`;

/** Nothing for an event that an older or newer Vigia has written differently. */
export function parseEvent([id, [, text = 'null']]: [id: string, fields: string[]]): FunctionEvent[] {
  const parsed = newEvent.safeParse(JSON.parse(text));
  return parsed.success ? [{ ...parsed.data, id, at: Number(id.split('-')[0]) }] : [];
}
