import { describe, expect, test } from 'vitest';
import type { FunctionState, FunctionStatus } from '#lib/schemas/function';
import { type Facts, freshFor, staleCause, statusOf } from './status-of.ts';

const NOW = 1_000_000;

const state = (status: FunctionStatus, everyMs: number | null = 5_000): FunctionState => ({
  name: 'default',
  language: 'typescript',
  source: 'built in',
  version: 'abc',
  handler: 'handler',
  versionNumber: 1,
  isolation: 'own',
  revision: 1,
  envEpoch: 0,
  rejected: null,
  lastExecutionAt: null,
  inputKey: 'metrics',
  outputKey: 'metrics-output',
  periodMs: 5_000,
  timeoutMs: 10_000,
  invoke: 'tick',
  status,
  since: 0,
  ticks: { done: 1, failed: 0, late: 0 },
  lastTickAt: NOW,
  lastDueAt: NOW,
  input: { changedAt: NOW, everyMs, digest: null, problem: null },
  failure: null,
  failedInARow: 0,
  retryAt: null,
  notSaved: [],
});

const facts = (status: FunctionStatus, newest: number | null, input: number | null, alive = true): Facts => ({
  now: NOW,
  state: state(status),
  runtimeAlive: alive,
  newestAt: newest === null ? null : NOW - newest,
  inputAt: input === null ? null : NOW - input,
});

describe('the state of a function, from what is known of it', () => {
  test.each([
    ['fresh data', facts('running', 1_000, 1_000), 'live'],
    ['called on an unchanged sample', facts('running', 1_000, 60_000), 'stale'],
    ['no result for a while', facts('running', 60_000, 60_000), 'stale'],
    ['the last one failed', facts('failing', 1_000, 60_000), 'failing'],
    ['it failed, then nothing ran it any more', facts('failing', 60_000, 90_000, false), 'stale'],
    ['it only ever failed', facts('running', 1_000, null), 'failing'],
    ['its host does not load', facts('crashing', 60_000, 60_000), 'crashing'],
    ['its host does not load and never did', facts('crashing', null, null), 'crashing'],
    ['it waits for a first sample', facts('waiting', null, null), 'waiting'],
    ['nothing runs it, and it never ran', facts('running', null, null, false), 'waiting'],
    ['its host loads', facts('starting', null, null), 'starting'],
    ['its input went away', facts('waiting', 60_000, 60_000), 'stale'],
    ['nothing is known', { ...facts('running', null, null), state: null }, 'connecting'],
  ] as const)('%s', (_, known, expected) => expect(statusOf(known)).toBe(expected));
});

describe('why its data is old', () => {
  const onChange = facts('running', 60_000, 60_000);
  test.each([
    ['its runtime is gone', facts('running', 60_000, 60_000, false), 'nothing-runs'],
    ['it failed, and its runtime is gone', facts('failing', 60_000, 90_000, false), 'nothing-runs'],
    ['it is called on an unchanged sample', facts('running', 1_000, 60_000), 'unchanged'],
    [
      'it is called only on another sample',
      { ...onChange, state: { ...state('running'), invoke: 'change' } },
      'unchanged',
    ],
    ['its input went away', facts('waiting', 60_000, 60_000), 'unchanged'],
    ['it is not called though its runtime says so', facts('running', 60_000, 60_000), 'no-result'],
  ] satisfies [string, Facts, string][])('%s', (_, known, expected) => expect(staleCause(known)).toBe(expected));
});

test('an input that changes rarely is fresh for longer', () => {
  expect(freshFor(state('running', null))).toBe(15_000);
  expect(freshFor(state('running', 60_000))).toBe(150_000);
  expect(freshFor({ ...state('running', null), periodMs: 100 })).toBe(3_000);
});
