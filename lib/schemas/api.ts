import * as z from 'zod';
import { role, session, token, uid, user } from './account.ts';
import { auditEntry } from './audit.ts';
import { fieldCode } from './field-code.ts';
import { functionState, language } from './function.ts';
import { historyEntry } from './history.ts';
import { invocationSummary } from './invocation.ts';
import { functionName } from './name.ts';
import { functionRecord, layeredSetting, listedVersion } from './record.ts';
import { settingChanges } from './settings.ts';
import { tryOptions } from './try.ts';

/** Why, for programs: it stays the same whatever the words say. */
export const problemCode = z.enum([
  'not_found',
  'invalid',
  'unavailable',
  'unauthenticated',
  'forbidden',
  'exists',
  'conflict',
  'limited',
  'busy',
  'in_use',
  'ended',
  'wrong_method',
  'too_large',
  'wrong_media_type',
  'internal',
]);
export type ProblemCode = z.infer<typeof problemCode>;

/** What is wrong with one field; `limit` is the number that its rule names. */
const fieldProblem = z.object({
  path: z.string(),
  code: fieldCode,
  limit: z.number().optional(),
  message: z.string(),
});

/** Why a request was refused (RFC 9457). */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: problemCode,
  detail: z.string(),
  /** Each field that does not fit; '' is the body as a whole. */
  fields: z.array(fieldProblem).optional(),
  /** With 412: what is there now, as reading it answers. */
  current: z.unknown().optional(),
  /** With 429, where something is counted: what, how much of it you may have, and how much you have. */
  limit: z.object({ name: z.string(), most: z.number(), now: z.number() }).optional(),
  /** Names the request in the log. */
  requestId: z.string(),
});

/** Who asks. */
export const identity = z.object({ uid, name: z.string(), role, via: z.enum(['session', 'token', 'password']) });

export const functionList = z.object({ functions: z.array(functionState) });

export const functionReading = z.object({
  state: functionState,
  runtimeAlive: z.boolean(),
  collectorAlive: z.boolean(),
});

/** Newest first, or oldest first with `after`. */
export const resultsPage = z.object({
  results: z.array(historyEntry),
  /** False when there is more on the same side, or when entries after `after` are no longer kept. */
  complete: z.boolean(),
});

/** The raw text in an input key. */
export const samplePage = z.object({ key: z.string(), text: z.string().nullable() });

/** What makes the next page; null when there is none. */
const next = z.string().nullable();

export const invocationPage = z.object({ invocations: z.array(invocationSummary), next });

/** What is wanted of a function, every setting with all of its layers. */
export const settingsReading = functionRecord
  .pick({ name: true, revision: true, createdAt: true, createdBy: true })
  .extend({
    settings: z.array(layeredSetting),
    code: z.object({
      /** The version that a person chose. */
      override: functionRecord.shape.overrides.shape.code,
      /** What the deployment has. */
      deployment: functionRecord.shape.deployment.unwrap().shape.code.nullable(),
    }),
  });
export type SettingsReading = z.infer<typeof settingsReading>;

const codeText = {
  language: language.describe('Of `text`.'),
  text: z.string().describe('The source text of a single file.'),
  message: z.string().max(500).default('').describe('What has changed, for the list of versions.'),
};

export const newFunction = z.strictObject({
  name: functionName,
  settings: settingChanges.default({}),
  code: z.strictObject(codeText).optional(),
});

export const versionList = z.object({ versions: z.array(listedVersion) });

export const versionReading = z.object({
  version: listedVersion,
  /** Of a single file; null for an archive, and for one that is not kept any more. */
  text: z.string().nullable(),
});

const freshEnv = z.boolean().default(false).describe('Start with an empty `env` instead of the last one.');

/** What an archive may come with. */
const archiveHints = {
  entry: z.string().min(1).max(500).optional().describe('The module of the archive that has the handler.'),
  language: language.optional().describe('Of the module to look for, in an archive that may hold several.'),
};

/** Code in a JSON body: the text of one file, or where an archive is. */
export const deployment = z
  .strictObject({
    ...archiveHints,
    language: language.optional().describe('Of `text`, or of the module to look for in an archive.'),
    text: codeText.text.optional().describe('The source text of a single file.'),
    url: z.string().max(2_000).optional().describe('Of a zip archive, which the server fetches.'),
    message: codeText.message,
    freshEnv,
  })
  .superRefine(({ text, url, language: given, entry }, { addIssue }) => {
    const refuse = (path: string, message: string) => addIssue({ code: 'custom', path: [path], message });
    if ((text === undefined) === (url === undefined)) refuse('text', 'must be given, or url, and not both');
    if (text !== undefined && given === undefined) refuse('language', 'must be given with text');
    if (text !== undefined && entry !== undefined) refuse('entry', 'is for archives');
  });

/** What goes with an archive in the body, in the query. */
export const archiveQuery = z.strictObject({
  ...archiveHints,
  message: codeText.message,
  freshEnv: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('Start with an empty `env` instead of the last one.'),
});

const { version, handler, input, env } = tryOptions.shape;
const howToTry = {
  handler: handler.describe('Instead of the one that the settings name.'),
  input: input.describe('JSON to call it with, instead of what the input key holds.'),
  env: env.describe('`copy`, unless given: start with a copy of the newest `env`; `empty`: with none.'),
};

/** Code to try, or a version of it, and on what. */
export const tryRequest = z.strictObject({
  ...howToTry,
  version: version.describe('One that is kept; without it and without `code`, the one that is to run.'),
  code: z.strictObject(codeText).omit({ message: true }).optional().describe('The text of a single file.'),
});

export const archiveTryQuery = z.strictObject({ ...archiveHints, ...howToTry });

export const deployed = z.object({ version: z.int(), settings: settingsReading });

export const rollBackRequest = z.strictObject({
  version: z.int().positive().nullable().describe('Its number; null for what the deployment says.'),
  freshEnv,
});

export const sessionList = z.object({ sessions: z.array(session) });

export const userList = z.object({ users: z.array(user) });

export const createdUser = z.object({ user, generatedPassword: z.string().nullable() });

export const passwordOnce = createdUser.pick({ generatedPassword: true });

export const tokenList = z.object({ tokens: z.array(token) });

export const createdToken = z.object({ token, secret: z.string() });

export const auditPage = z.object({ entries: z.array(auditEntry), next });
