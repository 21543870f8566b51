import { hash } from 'node:crypto';
import { checkArchive } from '#lib/archives/check-archive';
import { describeRefusal } from '#lib/archives/refusal';
import { asAdmin } from '#lib/auth/as-admin';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { invalid } from '#lib/parse-input';
import type { NewEvent } from '#lib/schemas/event';
import type { Language } from '#lib/schemas/function';
import type { Actor, FunctionRecord } from '#lib/schemas/record';
import { isCodeKept, keepCode, type NewCode } from './keep-code.ts';
import { changeRecord, checkRevision, notFound, readRecord } from './records.ts';
import { dropOldVersions, forgetFailures, readVersion } from './versions.ts';

const MAX_FILE_BYTES = 1024 * 1024;
const MAX_ENTRY = 512;
const MOST_BEFORE = 5;
const ENDINGS = { python: '.py', javascript: '.mjs', typescript: '.mts' } as const satisfies Record<Language, string>;

/** Code that somebody hands in: the text of one file in a language, or a zip archive. */
export type Handed =
  | { kind: 'file'; text: string; language: Language; source?: string; message?: string }
  | { kind: 'archive'; bytes: Buffer; entry?: string; language?: Language; source?: string; message?: string };

type How = {
  /** Start with an empty `env` instead of the last version's. */
  freshEnv?: boolean;
  /** Only if nobody has changed the function since this one. */
  revision?: number;
};

/** Keeps code as a version and makes it the one that is to run. It goes live when it has loaded, between two ticks. */
export async function deployCode(
  ctx: Context,
  caller: Caller | null,
  { name, code, ...how }: { name: string; code: Handed } & How,
): Promise<{ record: FunctionRecord; version: number }> {
  const by = asAdmin(caller);
  checkRevision(await readRecord(ctx, name), how.revision);
  const checked = await checkCode(code, by);
  const sha256 = hash('sha256', checked.content);
  const find = async () => ({ version: await keepCode(ctx, name, checked), sha256 });
  const told = (version: number | null) => deployEvent(version, checked.message, by);
  const record = await choose(ctx, name, { find, told, by, ...how });
  return { record, version: record.overrides.code?.version ?? 0 };
}

/** Makes an earlier version the one that is to run; `null` goes back to what the deployment says. */
export async function rollBack(
  ctx: Context,
  caller: Caller | null,
  { name, version, ...how }: { name: string; version: number | null } & How,
): Promise<FunctionRecord> {
  const by = asAdmin(caller);
  const find = async () => {
    if (version === null) return null;
    const { sha256 } = await readVersion(ctx, name, version);
    if (!(await isCodeKept(ctx, name, sha256)))
      throw new VigiaError('not_found', `The code of version ${version} is not kept any more`);
    return { version, sha256 };
  };
  const told = (chosen: number | null): NewEvent[] => [{ kind: 'roll-back', version: chosen, by }];
  return await choose(ctx, name, { find, told, by, ...how });
}

/** That somebody wants a version of theirs to run, for those who look at the function. */
export function deployEvent(version: number | null, message: string, by: Actor): NewEvent[] {
  return version === null ? [] : [{ kind: 'deploy', version, message, by }];
}

type Choice = How & {
  find: () => Promise<{ version: number; sha256: string } | null>;
  /** What those who look at the function are told of it. */
  told: (version: number | null) => NewEvent[];
  by: Actor;
};

/** What `find` finds may be dropped again before it is chosen; then it is looked for again. */
async function choose(
  ctx: Context,
  name: string,
  { find, told, by, freshEnv = false, revision }: Choice,
): Promise<FunctionRecord> {
  let chosen: Awaited<ReturnType<typeof find>> = null;
  const after = await changeRecord(
    ctx,
    name,
    async (record) => {
      if (record === null) throw notFound(name);
      chosen = await find();
      const version = chosen?.version ?? null;
      if (version !== (record.overrides.code?.version ?? null)) await forgetFailures(ctx, record, version);
      const code = chosen === null ? null : { version: chosen.version, at: Date.now(), by };
      const envEpoch = record.envEpoch + (freshEnv ? 1 : 0);
      const chosenBefore = code === null ? [] : before(record, code.version);
      return { ...record, envEpoch, chosenBefore, overrides: { ...record.overrides, code } };
    },
    {
      revision,
      chosenText: () => chosen?.sha256,
      events: (_before, { overrides }) => told(overrides.code?.version ?? null),
    },
  );
  await dropOldVersions(ctx, after);
  return after;
}

/** What was to run until now, and before that. */
function before({ overrides, chosenBefore }: FunctionRecord, version: number): FunctionRecord['chosenBefore'] {
  const all = new Set([overrides.code?.version ?? null, ...chosenBefore]);
  all.delete(version);
  return [...all].slice(0, MOST_BEFORE);
}

/** What can be known to be wrong without running it. */
export async function checkCode(code: Handed, by: Actor): Promise<NewCode> {
  const { source = 'uploaded', message = '' } = code;
  const about = { source: source.slice(0, 500), message: message.slice(0, 500), by };
  if (code.kind === 'file') {
    const content = Buffer.from(code.text, 'utf8');
    if (code.text.trim() === '') throw refused('the code is empty');
    if (content.length > MAX_FILE_BYTES) throw refused(`larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB`);
    const fileName = `usermodule${ENDINGS[code.language]}`;
    return { ...about, kind: 'file', language: code.language, entry: null, fileName, content };
  }
  const found = await checkArchive(code.bytes);
  if (found.kind === 'refused') throw refused(describeRefusal(found));
  const { bytes: content, entry = null, language = null } = code;
  if (entry !== null && entry.length > MAX_ENTRY)
    throw invalid([
      { path: 'entry', code: 'too_long', limit: MAX_ENTRY, message: `must be at most ${MAX_ENTRY} characters` },
    ]);
  return { ...about, kind: 'archive', language, entry, fileName: 'code.zip', content };
}

function refused(message: string): VigiaError {
  return new VigiaError('invalid', `This code cannot be used: ${message}`, {
    fields: [{ path: 'code', code: 'unusable', message }],
  });
}
