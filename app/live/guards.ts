import type * as z from 'zod';
import type { functionReading, resultsPage, samplePage } from '#lib/schemas/api';
import type { FunctionState } from '#lib/schemas/function';
import type { FailureRun, Gap, HistoryEntry, LiveEntry, SeriesWindow, VersionStart } from '#lib/schemas/history';
import type { LiveState } from '#lib/schemas/live';
import {
  type Check,
  type Fields,
  hasFields,
  isFlag,
  isNumber,
  isText,
  listOf,
  oneOf,
  orMissing,
  orNull,
} from '../guards/checks.ts';

export const isEntryId: Check = (value) => typeof value === 'string' && /^\d{1,16}-\d{1,10}$/.test(value);

export const failureKind = oneOf('init', 'invocation', 'bad-result', 'bad-input', 'timeout', 'exit');

const isFailure = hasFields<NonNullable<FunctionState['failure']>>({
  kind: failureKind,
  message: isText,
  traceback: orMissing(isText),
});

const invocation = {
  inputAt: isNumber,
  tookMs: isNumber,
  lagMs: isNumber,
  version: isText,
  result: orMissing(isText),
  failure: orMissing(hasFields<NonNullable<HistoryEntry['failure']>>({ kind: failureKind, message: isText })),
} satisfies Fields<LiveEntry>;

export const isLiveEntry = hasFields<LiveEntry>(invocation);

const isHistoryEntry = hasFields<HistoryEntry>({
  ...invocation,
  id: isEntryId,
  at: isNumber,
});

const isFunctionState = hasFields<FunctionState>({
  name: isText,
  language: oneOf('python', 'javascript', 'typescript'),
  source: isText,
  version: isText,
  versionNumber: orMissing(orNull(isNumber)),
  handler: isText,
  inputKey: isText,
  outputKey: isText,
  periodMs: (value) => typeof value === 'number' && value > 0,
  timeoutMs: (value) => typeof value === 'number' && value > 0,
  invoke: oneOf('tick', 'change'),
  isolation: orMissing(oneOf('own', 'shared')),
  revision: orMissing(isNumber),
  envEpoch: orMissing(isNumber),
  rejected: orMissing(
    orNull(hasFields<NonNullable<FunctionState['rejected']>>({ version: orNull(isNumber), failure: isFailure })),
  ),
  status: oneOf('starting', 'waiting', 'running', 'failing', 'crashing', 'disabled'),
  since: isNumber,
  ticks: hasFields<FunctionState['ticks']>({ done: isNumber, failed: isNumber, late: isNumber }),
  lastTickAt: orNull(isNumber),
  lastDueAt: orMissing(orNull(isNumber)),
  lastExecutionAt: orMissing(orNull(isNumber)),
  input: hasFields<FunctionState['input']>({
    changedAt: orNull(isNumber),
    everyMs: orNull(isNumber),
    digest: orNull(isText),
    problem: orNull(isText),
  }),
  failure: orNull(isFailure),
  failedInARow: isNumber,
  retryAt: orNull(isNumber),
  notSaved: orMissing(listOf(hasFields<FunctionState['notSaved'][number]>({ path: isText, type: isText }))),
});

export const isLiveState = hasFields<LiveState>({
  now: isNumber,
  state: orNull(isFunctionState),
  runtimeAlive: isFlag,
  redisDownSince: orNull(isNumber),
  writesRefused: orNull(oneOf('memory', 'disk', 'replica', 'replicas')),
});

export const isSeriesWindow = hasFields<SeriesWindow>({
  from: isNumber,
  to: isNumber,
  lastId: isText,
  times: listOf(isNumber),
  series: listOf(hasFields<SeriesWindow['series'][number]>({ name: isText, values: listOf(orNull(isNumber)) })),
  took: orMissing(listOf(orNull(isNumber))),
  gaps: orMissing(listOf(hasFields<Gap>({ from: isNumber, to: orNull(isNumber) }))),
  failures: listOf(
    hasFields<FailureRun>({ from: isNumber, to: isNumber, count: isNumber, message: isText, version: isText }),
  ),
  versions: listOf(hasFields<VersionStart>({ at: isNumber, version: isText })),
  entries: isNumber,
  tier: orMissing(oneOf('raw', '1m', '15m')),
  resolutionMs: orMissing(isNumber),
});

export const isResultsPage = hasFields<z.infer<typeof resultsPage>>({
  results: listOf(isHistoryEntry),
  complete: isFlag,
});

export const isSamplePage = hasFields<z.infer<typeof samplePage>>({ key: isText, text: orNull(isText) });

export const isFunctionReading = hasFields<z.infer<typeof functionReading>>({
  state: isFunctionState,
  runtimeAlive: isFlag,
  collectorAlive: isFlag,
});
