import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { withRedis } from '#lib/redis';
import type { NewEvent } from '#lib/schemas/event';
import { type FunctionRecord, functionRecord } from '#lib/schemas/record';
import { NOTE_EVENT } from './event-entries.ts';
import { codeKeysOf } from './function-keys.ts';
import { listNames } from './list-names.ts';

/**
 * Sets a record only while everything is as it was when the change was thought out: this record, because the change is
 * based on it; every other one, because a change may depend on them (no two functions have one output key); and the
 * version that it names, which others may drop meanwhile. What was kept for a function before it existed is here to stay.
 * What the change is for those who look at the function is noted with it.
 */
const SCRIPT = `${NOTE_EVENT}
local record, registry, newest, fence, versions, code = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local events, live = KEYS[7], ARGV[9]
local before, after, name, revision = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local based, channel, version, fresh = ARGV[5], ARGV[6], ARGV[7], ARGV[8]
if (redis.call('GET', record) or '') ~= before or (redis.call('GET', newest) or '') ~= based then return 0 end
if version ~= '' and redis.call('HEXISTS', versions, version) == 0 then return 0 end
if version ~= '' and redis.call('HEXISTS', code, 'parts') == 0 then return 0 end
for i = 8, #KEYS do redis.call('PERSIST', KEYS[i]) end
if fresh == '1' then redis.call('SET', fence, revision) end
redis.call('SET', newest, revision)
redis.call('SET', record, after)
redis.call('HSET', registry, name, revision)
redis.call('PUBLISH', channel, name)
for i = 10, #ARGV do note(events, live, ARGV[i]) end
return 1
`;

export type Wanted = Omit<FunctionRecord, 'revision'>;

type ChangeOptions = {
  /** Only if this is still the record's. */
  revision?: number | undefined;
  /** Of the text of the version that a person chooses with this change. */
  chosenText?: () => string | undefined;
  /** What the change is for those who look at the function, once it is known what it makes of which record. */
  events?: (before: FunctionRecord | null, after: FunctionRecord) => readonly NewEvent[];
  /** Whoever ran a function of this name before it was deleted has nothing to do with this one. */
  isFresh?: boolean;
};

/** Null when there is no such function. */
export async function findRecord(ctx: Context, name: string): Promise<FunctionRecord | null> {
  const text = await withRedis(() => ctx.redis.get(ctx.keys.record(name)));
  return text === null ? null : parseRecord(text);
}

export async function readRecord(ctx: Context, name: string): Promise<FunctionRecord> {
  const record = await findRecord(ctx, name);
  if (record === null) throw notFound(name);
  return record;
}

export function parseRecord(text: string): FunctionRecord {
  return functionRecord.parse(JSON.parse(text));
}

/** The records of all functions, by name; one that this Vigia cannot read does not take the others along. */
export async function allRecords(ctx: Context): Promise<FunctionRecord[]> {
  const { redis, keys, log } = ctx;
  const names = await listNames(ctx);
  const texts = await withRedis(() => Promise.all(names.map((name) => redis.get(keys.record(name)))));
  return texts.flatMap((text, index) => {
    if (text === null) return [];
    try {
      return [parseRecord(text)];
    } catch (error) {
      log.warn({ function: names[index], err: error }, 'the record of a function cannot be read');
      return [];
    }
  });
}

/**
 * Replaces a record by what `change` makes of it; null stands for one that is not there. A `revision` that is not the
 * record's any more is refused with what is there now. When `change` returns what it was given, nothing is written.
 * When others change records meanwhile it is tried again: each try that fails is the success of somebody else.
 */
export async function changeRecord(
  ctx: Context,
  name: string,
  change: (record: FunctionRecord | null) => Wanted | Promise<Wanted>,
  { revision, chosenText, events = () => [], isFresh = false }: ChangeOptions = {},
): Promise<FunctionRecord> {
  const { redis, keys } = ctx;
  for (;;) {
    const [text = null, newest = null] = await withRedis(() => redis.mget(keys.record(name), keys.revision));
    const before = text === null ? null : parseRecord(text);
    if (before !== null) checkRevision(before, revision);
    const wanted = await change(before);
    if (before !== null && wanted === before) return before;
    const after = { ...wanted, revision: revisionAfter(newest, before) };
    const chosen = chosenText?.();
    const version = chosen === undefined ? '' : (after.overrides.code?.version ?? '');
    const code = keys.code(name, chosen ?? '');
    const unfinished = text === null ? await withRedis(() => codeKeysOf(ctx, name)) : [];
    const touched = [
      ...[keys.record(name), keys.registry, keys.revision, keys.fence(name), keys.versions(name)],
      ...[code, keys.events(name)],
    ];
    const kept = text === null ? [keys.versions(name), keys.versionsByContent(name), ...unfinished] : [];
    const args = [text ?? '', JSON.stringify(after), name, after.revision];
    const conditions = [newest ?? '', keys.registryChanged, version, isFresh ? '1' : '0'];
    const noted = [keys.live(name), ...events(before, after).map((event) => JSON.stringify(event))];
    const count = touched.length + kept.length;
    const done = await withRedis(() =>
      redis.eval(SCRIPT, count, ...touched, ...kept, ...args, ...conditions, ...noted),
    );
    if (done === 1) return after;
  }
}

/**
 * No revision is ever given twice, so that one who knew a function that has been deleted cannot take another of the same
 * name for it: they grow over all functions, and start at the time where Redis has forgotten them.
 */
function revisionAfter(newest: string | null, before: FunctionRecord | null): number {
  return Math.max(newest === null ? Date.now() : Number(newest), before?.revision ?? 0) + 1;
}

/** Refuses a change that was based on another revision than the one that is there. */
export function checkRevision(record: FunctionRecord, revision: number | undefined): void {
  if (revision === undefined || record.revision === revision) return;
  throw new VigiaError('conflict', `${record.name} has been changed since: it is at revision ${record.revision}`, {
    current: record,
  });
}

export function notFound(name: string): VigiaError {
  return new VigiaError('not_found', `There is no function called ${name}`);
}
