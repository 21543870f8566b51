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

export type WantedCode = {
  /** The versions that may run, the best first; `builtIn` when nobody has brought any. */
  versions: readonly number[] | 'builtIn';
  /** A file of the deployment that runs in the place of its archive. */
  standIn: number | null;
  /** Why the best one cannot be had. */
  problem: string | null;
};

/** `lastLive` is the version that ran last: it runs again where a person's choice does not load. */
export function wantedOf(record: FunctionRecord, lastLive: number | null): Wanted {
  const { name, revision, envEpoch } = record;
  return { name, revision, envEpoch, settings: settingsInForce(record), code: codeOf(record, lastLive) };
}

function codeOf({ deployment, overrides }: FunctionRecord, lastLive: number | null): WantedCode {
  if (overrides.code !== null) {
    const { version } = overrides.code;
    return { versions: unique([version, lastLive]), standIn: null, problem: null };
  }
  const { version, standIn, problem } = deployment?.code ?? { version: null, standIn: null, problem: null };
  if (version === null && standIn === null && problem === null)
    return { versions: 'builtIn', standIn: null, problem: null };
  return { versions: unique([version, standIn]), standIn, problem };
}

function unique(numbers: readonly (number | null)[]): number[] {
  return [...new Set(numbers.filter((number) => number !== null))];
}
