import type { FailureRun, HistoryEntry, VersionStart } from '#lib/schemas/history';

/** The runs with one more invocation at their end. `previousAt` tells whether the last run was still going on. */
export function withFailure(
  runs: readonly FailureRun[],
  { at, failure, version }: HistoryEntry,
  previousAt: number | null,
): readonly FailureRun[] {
  if (failure === undefined) return runs;
  const last = runs.at(-1);
  const goesOn = last !== undefined && last.to === previousAt;
  if (goesOn && last.message === failure.message && last.version === version) {
    return [...runs.slice(0, -1), { ...last, to: at, count: last.count + 1 }];
  }
  return [...runs, { from: at, to: at, count: 1, message: failure.message, version }];
}

export function withVersion(versions: readonly VersionStart[], { at, version }: HistoryEntry): readonly VersionStart[] {
  return versions.at(-1)?.version === version ? versions : [...versions, { at, version }];
}

/** The version that ran at a time. */
export function versionAt(versions: readonly VersionStart[], at: number): string | null {
  return versions.findLast((start) => start.at <= at)?.version ?? null;
}
