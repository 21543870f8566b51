import 'server-only';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { readNewest } from '#lib/functions/history-entries';
import { settingsInForce } from '#lib/functions/layers';
import { listFunctions } from '#lib/functions/list-functions';
import { readFunction } from '#lib/functions/read-function';
import { readSettings } from '#lib/functions/read-settings';
import { statusOf } from '#lib/functions/status-of';
import type { FunctionState } from '#lib/schemas/function';
import type { HistoryEntry } from '#lib/schemas/history';
import type { Status } from '#lib/schemas/overview';
import type { FunctionSettings } from '#lib/schemas/settings';

/** Entries in which a good one is looked for. */
const LOOKED_AT = 20;

export type ListedFunction = {
  name: string;
  state: FunctionState;
  status: Status;
  /** What is wanted of it; the runtime follows within a tick. */
  settings: FunctionSettings;
  /** Of its record, for changes that are based on what is shown. */
  revision: number;
  newest: HistoryEntry | null;
};

/** Every function with what an operator looks for first. */
export async function loadFunctions(ctx: Context, caller: Caller): Promise<ListedFunction[]> {
  const functions = await listFunctions(ctx);
  const now = Date.now();
  const listed = await Promise.all(functions.map(({ name }) => loadFunction(ctx, caller, name, now).catch(nullIfGone)));
  return listed.filter((each) => each !== null);
}

/** Somebody has deleted it since it was listed. */
function nullIfGone(error: unknown): null {
  if (error instanceof VigiaError && error.code === 'not_found') return null;
  throw error;
}

async function loadFunction(ctx: Context, caller: Caller, name: string, now: number): Promise<ListedFunction> {
  const [record, { state, runtimeAlive }, entries] = await Promise.all([
    readSettings(ctx, caller, { name }),
    readFunction(ctx, { name }),
    readNewest(ctx, name, LOOKED_AT),
  ]);
  const good = entries.find(({ result }) => result !== undefined);
  const [newest = null] = entries;
  return {
    name,
    state,
    status: statusOf({ now, state, runtimeAlive, newestAt: newest?.at ?? null, inputAt: good?.inputAt ?? null }),
    settings: settingsInForce(record),
    revision: record.revision,
    newest,
  };
}
