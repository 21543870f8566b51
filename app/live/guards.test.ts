import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { functionReading, resultsPage, samplePage } from '#lib/schemas/api';
import { type HistoryEntry, liveEntry, seriesWindow } from '#lib/schemas/history';
import { liveState } from '#lib/schemas/live';
import { spoiled } from '../guards/spoiled.fixture.ts';
import { isFunctionReading, isLiveEntry, isLiveState, isResultsPage, isSamplePage, isSeriesWindow } from './guards.ts';

const failure = { kind: 'timeout', message: 'timed out at 10 s' };
const invocation = { inputAt: 1, tookMs: 1.5, lagMs: 0, version: 'a', result: '{"a": 20.0}', failure };
const entry = { ...invocation, id: '12-0', at: 12 };
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

const pairs: [string, (value: unknown) => boolean, z.ZodType, unknown][] = [
  ['a live entry', isLiveEntry, liveEntry, invocation],
  ['a live state', isLiveState, liveState, { now: 1, state, runtimeAlive: true, redisDownSince: 1 }],
  ['a window', isSeriesWindow, seriesWindow, window],
  ['results', isResultsPage, resultsPage, { results: [entry satisfies Omit<HistoryEntry, 'failure'>], complete: true }],
  ['a sample', isSamplePage, samplePage, { key: 'metrics', text: '{}' }],
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
