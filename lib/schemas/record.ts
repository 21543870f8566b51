import * as z from 'zod';
import { failure, language } from './function.ts';
import { functionName } from './name.ts';
import { functionSettings, settingName } from './settings.ts';

/** Who did something: a person, by their account, or a deployment, by the machine that its runtime is on. */
export const actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user'), uid: z.number().int(), name: z.string() }),
  z.object({ kind: z.literal('deployment'), host: z.string() }),
]);
export type Actor = z.infer<typeof actor>;

const change = z.object({ at: z.number(), by: actor });

/** What the environment of a runtime declares. */
export const deploymentLayer = z.object({
  at: z.number(),
  host: z.string(),
  settings: functionSettings.partial(),
  /** The variable that each setting came from. */
  from: z.partialRecord(settingName, z.string()),
  code: z.object({
    /** The number of the version that is to run; null while there is none. */
    version: z.number().int().nullable(),
    /** The version that runs while that one does not load. */
    standIn: z.number().int().nullable(),
    /** Why the declared code cannot be had. */
    problem: z.string().nullable(),
  }),
});
export type DeploymentLayer = z.infer<typeof deploymentLayer>;

/**
 * One function as the registry has it: what is wanted, and who wanted it. Settings have three layers: the default, what
 * the deployment says over it, and over both what people say. So has the code, whose default is the built-in function.
 */
export const functionRecord = z.object({
  name: functionName,
  /** Grows with each change, and is never given twice; a change that is based on an older one is refused. */
  revision: z.number().int(),
  createdAt: z.number(),
  createdBy: actor,
  defaultOutputKey: z.string(),
  deployment: deploymentLayer.nullable(),
  overrides: z.object({
    settings: functionSettings.partial(),
    changes: z.partialRecord(settingName, change),
    /** A version that a person chose. */
    code: change.extend({ version: z.number().int() }).nullable(),
  }),
  /**
   * The versions that were to run before the chosen one, the newest first; null is what the deployment says, or the built-in
   * function. While nothing has ever been live, they run where the chosen one does not load.
   */
  chosenBefore: z.array(z.number().int().nullable()).default([]),
  /** Counts how often the function was told to start with an empty `env`. */
  envEpoch: z.number().int(),
});
export type FunctionRecord = z.infer<typeof functionRecord>;

const settingValue = z.union([z.string(), z.number(), z.boolean()]);

/** One setting with all of its layers, and who put it where it is. */
export const layeredSetting = z.object({
  name: settingName,
  inForce: settingValue,
  layer: z.enum(['default', 'deployment', 'override']),
  default: settingValue,
  deployment: z.object({ value: settingValue, from: z.string(), at: z.number(), host: z.string() }).nullable(),
  override: change.extend({ value: settingValue }).nullable(),
});
export type LayeredSetting = z.infer<typeof layeredSetting>;

/** The source of what runs where nobody has brought code. */
export const BUILT_IN = 'built in';

/** One version of a function's code. */
export const codeVersion = z.object({
  /** Counts from 1; never given twice. */
  number: z.number().int(),
  sha256: z.string(),
  /** A single file of source text, or a zip archive. */
  kind: z.enum(['file', 'archive']),
  /** Null for an archive that may hold any. */
  language: language.nullable(),
  /** What the file is called; for an archive, what it was called. */
  fileName: z.string(),
  /** The module of an archive that has the handler, where somebody named it. */
  entry: z.string().nullable(),
  /** Where it is from, as people recognise it: a path, an address, "uploaded", {@link BUILT_IN}. */
  source: z.string(),
  bytes: z.number(),
  at: z.number(),
  by: actor,
  message: z.string(),
});
export type CodeVersion = z.infer<typeof codeVersion>;

/** What became of a version. */
export const versionOutcome = z.object({
  /** When it last went live; null when it never did. */
  liveAt: z.number().nullable(),
  /** Why it last did not load. */
  failure: failure.nullable(),
});
export type VersionOutcome = z.infer<typeof versionOutcome>;

/** A version in a list. */
export const listedVersion = codeVersion.extend({
  ...versionOutcome.shape,
  /** Whether it is the one that runs. */
  isLive: z.boolean(),
  /** Whether its text is still there, to be read and rolled back to. */
  isKept: z.boolean(),
});
export type ListedVersion = z.infer<typeof listedVersion>;
