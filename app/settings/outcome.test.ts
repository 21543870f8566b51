import { expect, test } from 'vitest';
import type { Failure, FunctionState } from '#lib/schemas/function';
import { functionState } from '#lib/schemas/function';
import { outcomeOf } from './outcome.ts';

const RUNNING = functionState.parse({
  name: 'default',
  language: 'python',
  source: 'built in',
  version: 'a1',
  versionNumber: 2,
  handler: 'handler',
  inputKey: 'metrics',
  outputKey: 'metrics-output',
  periodMs: 1_000,
  timeoutMs: 1_000,
  invoke: 'tick',
  revision: 4,
  status: 'running',
  since: 0,
  ticks: { done: 1, failed: 0, late: 0 },
  lastTickAt: 0,
  lastDueAt: 0,
  input: { changedAt: null, everyMs: null, digest: null, problem: null },
  failure: null,
  failedInARow: 0,
  retryAt: null,
});
const failure: Failure = { kind: 'init', message: "no function called 'other'" };
const of = (change: Partial<FunctionState>, facts: Partial<Parameters<typeof outcomeOf>[0]> = {}) =>
  outcomeOf({ state: { ...RUNNING, ...change }, runtimeAlive: true, revision: 4, needsHost: true, ...facts });

test.each([
  ['for a tick', { needsHost: false }, {}, 'tick'],
  ['for another host', {}, {}, 'load'],
  ['for its runtime', { runtimeAlive: false }, {}, 'runtime'],
  ['for somebody who enables it', {}, { status: 'disabled' }, 'enabled'],
] as const)('waits %s', (_what, facts, change, until) => {
  expect(of(change, { revision: 5, ...facts })).toEqual({ kind: 'waits', until });
});

test('is applied when its revision is in force', () => {
  expect(of({})).toEqual({ kind: 'applied' });
});

test('has failed where the code does not load with it, and says whether anything runs', () => {
  expect(of({ rejected: { version: 2, failure } })).toEqual({ kind: 'failed', failure, runsOn: true });
  expect(of({ status: 'crashing', failure })).toEqual({ kind: 'failed', failure, runsOn: false });
});

test('is not to blame for what no setting changes', () => {
  const rejected = { version: 3, failure };
  expect(of({ rejected }, { needsHost: false })).toEqual({ kind: 'applied' });
  expect(of({ rejected: { ...rejected, version: null } })).toEqual({ kind: 'applied' });
  expect(of({ status: 'crashing', failure: { kind: 'timeout', message: 'timed out' } })).toEqual({ kind: 'applied' });
});
