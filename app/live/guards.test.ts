import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { functionReading, resultsPage, samplePage } from '#lib/schemas/api';
import { type HistoryEntry, historyBucket, liveEntry, seriesWindow } from '#lib/schemas/history';
import { invocation } from '#lib/schemas/invocation';
import { liveState } from '#lib/schemas/live';
import { spoiled } from '../guards/spoiled.fixture.ts';
import { isBucket, isInvocation } from '../inspector/guard.ts';
import { isFunctionReading, isLiveEntry, isLiveState, isResultsPage, isSamplePage, isSeriesWindow } from './guards.ts';

const failure = { kind: 'timeout', message: 'timed out at 10 s' };
const tick = { inputAt: 1, tookMs: 1.5, lagMs: 0, version: 'a', result: '{"a": 20.0}', failure };
const entry = { ...tick, id: '12-0', at: 12 };
const state = {
  name: 'default',
  language: 'python',
  source: 'built in',
  version: 'a',
  handler: 'handler',
  inputKey: 'metrics',
  outputKey: 'metrics-output',
  periodMs: 5_000,
  timeoutMs: 10_000,
  invoke: 'tick',
  status: 'running',
  since: 1,
  ticks: { done: 1, failed: 0, late: 0 },
  lastTickAt: 1,
  lastDueAt: 1,
  input: { changedAt: 1, everyMs: 5_000, digest: 'x', problem: 'no JSON' },
  failure: { ...failure, traceback: 'here' },
  failedInARow: 0,
  retryAt: 1,
  notSaved: [{ path: 'env.model', type: 'Model' }],
};
const window = {
  from: 1,
  to: 2,
  lastId: '0-0',
  times: [1, 2],
  series: [{ name: 'a', values: [1, null] }],
  failures: [{ from: 1, to: 2, count: 1, message: 'x', version: 'a' }],
  versions: [{ at: 1, version: 'a' }],
  entries: 2,
};

const kept = { text: '{}', bytes: 2, isCut: false };
const record = {
  ...{ id: '12-0', startedAt: 12, lagMs: 1, tookMs: 1.5, version: 'a', outcome: 'failed' },
  failure: { ...failure, traceback: 'here' },
  ...{ lines: 1, log: [{ stream: 'stdout', text: 'x' }], linesLeftOut: 0 },
  ...{ input: kept, result: null, isComplete: true, isReserved: false, previous: '11-0', next: null },
};
const bucket = {
  ...{ from: 1, to: 2, good: 3, failed: 1, versions: ['a'] },
  series: [{ name: 'a', min: 1, mean: 2, max: 3 }],
};

const pairs: [string, (value: unknown) => boolean, z.ZodType, unknown][] = [
  ['a live entry', isLiveEntry, liveEntry, tick],
  [
    'a live state',
    isLiveState,
    liveState,
    { now: 1, state, runtimeAlive: true, redisDownSince: 1, writesRefused: 'disk' },
  ],
  ['a window', isSeriesWindow, seriesWindow, window],
  ['results', isResultsPage, resultsPage, { results: [entry satisfies Omit<HistoryEntry, 'failure'>], complete: true }],
  ['a sample', isSamplePage, samplePage, { key: 'metrics', text: '{}' }],
  ['an invocation', isInvocation, invocation, record],
  ['a bucket', isBucket, historyBucket, bucket],
  ['a reading', isFunctionReading, functionReading, { state, runtimeAlive: true, collectorAlive: false }],
];

describe.each(pairs)('the guard of %s', (_, guard, schema, value) => {
  test('takes what the schema takes', () => {
    expect(guard(value)).toBe(true);
    expect(schema.safeParse(value).success).toBe(true);
  });

  test('refuses what the schema refuses', () => {
    for (const other of spoiled(value)) {
      expect([guard(other), other]).toEqual([schema.safeParse(other).success, other]);
    }
  });
});
