import { settingsInForce } from '#lib/functions/layers';
import type { FunctionRecord } from '#lib/schemas/record';
import type { FunctionSettings } from '#lib/schemas/settings';

/** What a record comes to: everything that a runtime must know to run the function. */
export type Wanted = {
  name: string;
  revision: number;
  envEpoch: number;
  settings: FunctionSettings;
  code: WantedCode;
};

/** A version by its number, or that of the built-in function. */
type WantedVersion = number | 'builtIn';

export type WantedCode = {
  /** The versions that may run, the best first. */
  versions: readonly WantedVersion[];
  /** A file of the deployment that runs in the place of its archive. */
  standIn: number | null;
  /** Why the best one cannot be had. */
  problem: string | null;
};

/**
 * `lastLive` is the version that ran last: it runs again where a person's choice does not load. While none has been live,
 * what was to run before that choice takes its place.
 */
export function wantedOf(record: FunctionRecord, lastLive: number | null): Wanted {
  const { name, revision, envEpoch } = record;
  return { name, revision, envEpoch, settings: settingsInForce(record), code: codeOf(record, lastLive) };
}

function codeOf({ deployment, overrides, chosenBefore }: FunctionRecord, lastLive: number | null): WantedCode {
  const declared = declaredCode(deployment);
  if (overrides.code === null) return declared;
  const before = chosenBefore.flatMap((each) => (each === null ? declared.versions : [each]));
  const inItsPlace = lastLive === null ? before : [lastLive];
  return { versions: unique([overrides.code.version, ...inItsPlace]), standIn: null, problem: null };
}

function declaredCode(deployment: FunctionRecord['deployment']): WantedCode {
  const { version, standIn, problem } = deployment?.code ?? { version: null, standIn: null, problem: null };
  if (version === null && standIn === null && problem === null)
    return { versions: ['builtIn'], standIn: null, problem: null };
  return { versions: unique([version, standIn].filter((number) => number !== null)), standIn, problem };
}

function unique(versions: readonly WantedVersion[]): WantedVersion[] {
  return [...new Set(versions)];
}
