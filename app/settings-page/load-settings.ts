import 'server-only';
import { settingsOf } from '#lib/api/endpoints/settings-reading';
import { readArchive } from '#lib/archives/check-archive';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { readNewest } from '#lib/functions/history-entries';
import { listFunctions } from '#lib/functions/list-functions';
import { listVersions } from '#lib/functions/list-versions';
import { readDeployedCode } from '#lib/functions/read-deployed-code';
import { readFunction } from '#lib/functions/read-function';
import { readSettings } from '#lib/functions/read-settings';
import { askForWrites } from '#lib/redis-writes';
import type { ListedVersion } from '#lib/schemas/record';
import { BEGINNINGS, type CodeBase } from '../code/code-base.ts';
import type { LivePage } from '../live/live-store.ts';
import type { Wanted } from './wanted-provider.tsx';

/** Enough for what a try is compared with, and for how old the newest one is. */
const RESULTS = 20;
const RANGE_MS = 5 * 60_000;

export type SettingsData = {
  page: LivePage;
  wanted: Wanted;
  code: CodeBase;
  /** Of every function. */
  names: string[];
};

/** All that the page of a function's settings shows, read at once. */
export async function loadSettings(ctx: Context, caller: Caller, name: string): Promise<SettingsData> {
  const [{ state, runtimeAlive }, record, versions, functions, results, writesRefused] = await Promise.all([
    readFunction(ctx, { name }),
    readSettings(ctx, caller, { name }),
    listVersions(ctx, caller, { name }),
    listFunctions(ctx),
    readNewest(ctx, name, RESULTS),
    askForWrites(ctx),
  ]);
  const now = Date.now();
  const settings = settingsOf(record);
  const wanted = settings.code.override?.version ?? settings.code.deployment?.version ?? null;
  const number = state.versionNumber ?? wanted;
  return {
    page: {
      name,
      rangeMs: RANGE_MS,
      live: { now, state, runtimeAlive, redisDownSince: null, writesRefused },
      window: {
        ...{ from: now, to: now, lastId: results[0]?.id ?? '0-0', entries: results.length },
        ...{ times: [], series: [], failures: [], versions: [] },
      },
      results,
    },
    wanted: { settings, versions },
    code: await codeOf(
      ctx,
      caller,
      name,
      versions.find((version) => version.number === number),
    ),
    names: functions.map((each) => each.name),
  };
}

async function codeOf(
  ctx: Context,
  caller: Caller,
  name: string,
  version: ListedVersion | undefined,
): Promise<CodeBase> {
  const content = version === undefined ? null : await readDeployedCode(ctx, caller, { name, ...version });
  if (version === undefined || content === null) {
    const language = version?.language ?? 'python';
    return { kind: 'file', number: null, language, text: BEGINNINGS[language] };
  }
  const { number, bytes, entry, language } = version;
  if (version.kind === 'archive') {
    return { kind: 'archive', number, bytes, entry, names: readArchive(content).map((each) => each.name) };
  }
  return { kind: 'file', number, language: language ?? 'python', text: content.toString('utf8') };
}
