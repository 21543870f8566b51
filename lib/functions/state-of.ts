import { type FunctionState, functionState } from '#lib/schemas/function';
import type { FunctionRecord } from '#lib/schemas/record';
import { settingsInForce } from './layers.ts';

/** Null for none, and for one that an older or newer Vigia has written differently. */
export function parseState(text: string | null): FunctionState | null {
  if (text === null) return null;
  const parsed = functionState.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}

/**
 * A function's state as people are to see it: what its runtime wrote last; for one that no runtime has taken up yet, what
 * its settings say; and `disabled`, whether or not there is a runtime to notice.
 */
export function stateOf(record: FunctionRecord, written: FunctionState | null): FunctionState {
  const { enabled } = settingsInForce(record);
  const state = written ?? neverRun(record);
  return enabled || state.status === 'disabled' ? state : { ...state, status: 'disabled', retryAt: null };
}

/** The state of a function of which nothing is known but what is wanted of it. */
export function neverRun(record: FunctionRecord): FunctionState {
  const { enabled: _enabled, ...settings } = settingsInForce(record);
  return {
    name: record.name,
    ...settings,
    language: 'python',
    source: '',
    version: 'none',
    versionNumber: null,
    revision: record.revision,
    envEpoch: record.envEpoch,
    rejected: null,
    status: 'starting',
    since: record.createdAt,
    ticks: { done: 0, failed: 0, late: 0 },
    lastTickAt: null,
    lastDueAt: null,
    lastExecutionAt: null,
    input: { changedAt: null, everyMs: null, digest: null, problem: null },
    failure: null,
    failedInARow: 0,
    retryAt: null,
    notSaved: [],
  };
}
