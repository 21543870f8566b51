import type { Failure, FunctionState } from '#lib/schemas/function';

/** What a saved setting waits for: somebody who enables the function, its runtime, the code to load anew, the next tick. */
type NextStep = 'enabled' | 'runtime' | 'load' | 'tick';

/** What has become of a saved setting, as the function's live state tells. */
type Outcome =
  | { kind: 'waits'; until: NextStep }
  | { kind: 'applied' }
  /** The code does not load with it: what ran before runs on, or nothing does. */
  | { kind: 'failed'; failure: Failure; runsOn: boolean };

type Facts = {
  state: FunctionState | null;
  runtimeAlive: boolean;
  /** That the save has made. */
  revision: number;
  /** Whether the setting comes into force with another host, for which the code is loaded anew. */
  needsHost: boolean;
};

export function outcomeOf({ state, runtimeAlive, revision, needsHost }: Facts): Outcome {
  if (state === null || state.revision < revision) return { kind: 'waits', until: nextStep() };
  if (!needsHost || state.status === 'disabled') return { kind: 'applied' };
  const { rejected, failure, status } = state;
  // Without a version it is what is declared that cannot be had, which no setting changes.
  if (rejected !== null && rejected.version !== null)
    return { kind: 'failed', failure: rejected.failure, runsOn: true };
  if (status === 'crashing' && failure?.kind === 'init') return { kind: 'failed', failure, runsOn: false };
  return { kind: 'applied' };

  function nextStep(): NextStep {
    if (state?.status === 'disabled') return 'enabled';
    if (!runtimeAlive) return 'runtime';
    return needsHost ? 'load' : 'tick';
  }
}
