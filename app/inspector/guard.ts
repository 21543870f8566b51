import type { HistoryBucket } from '#lib/schemas/history';
import type { Invocation, KeptText } from '#lib/schemas/invocation';
import { hasFields, isFlag, isNumber, isText, listOf, oneOf, orMissing, orNull } from '../guards/checks.ts';
import { failureKind, isEntryId } from '../live/guards.ts';

const isKept = orNull(hasFields<KeptText>({ text: isText, bytes: isNumber, isCut: isFlag }));

export const isInvocation = hasFields<Invocation>({
  id: isEntryId,
  startedAt: isNumber,
  lagMs: isNumber,
  tookMs: isNumber,
  version: isText,
  outcome: oneOf('result', 'nothing', 'failed'),
  failure: orMissing(
    hasFields<NonNullable<Invocation['failure']>>({
      kind: failureKind,
      message: isText,
      traceback: orMissing(isText),
    }),
  ),
  lines: isNumber,
  log: listOf(hasFields<Invocation['log'][number]>({ stream: isText, text: isText })),
  linesLeftOut: isNumber,
  input: isKept,
  result: isKept,
  isComplete: isFlag,
  isReserved: isFlag,
  previous: orNull(isEntryId),
  next: orNull(isEntryId),
});

export const isBucket = hasFields<HistoryBucket>({
  from: isNumber,
  to: isNumber,
  good: isNumber,
  failed: isNumber,
  versions: listOf(isText),
  series: listOf(
    hasFields<HistoryBucket['series'][number]>({ name: isText, min: isNumber, mean: isNumber, max: isNumber }),
  ),
});
