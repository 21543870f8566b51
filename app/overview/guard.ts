import type { Overview, OverviewCard, OverviewCurve } from '#lib/schemas/overview';
import { KINDS } from '../format/units.ts';
import { hasFields, isNumber, isText, listOf, oneOf, orNull } from '../guards/checks.ts';

const isStretch = hasFields<OverviewCurve['failures'][number]>({ from: isNumber, to: isNumber });

const isCurve = hasFields<OverviewCurve>({
  from: isNumber,
  times: listOf(isNumber),
  values: listOf(orNull(isNumber)),
  failures: listOf(isStretch),
});

const isCard = hasFields<OverviewCard>({
  name: isText,
  language: oneOf('python', 'javascript', 'typescript'),
  status: oneOf('live', 'stale', 'failing', 'crashing', 'waiting', 'starting', 'connecting', 'disabled'),
  inputKey: isText,
  periodMs: isNumber,
  dataAt: orNull(isNumber),
  tookMs: orNull(isNumber),
  lagMs: orNull(isNumber),
  figure: orNull(
    hasFields<NonNullable<OverviewCard['figure']>>({
      name: orNull(isText),
      kind: oneOf(...KINDS),
      value: orNull(isNumber),
    }),
  ),
  staleCause: orNull(oneOf('nothing-runs', 'no-result', 'unchanged')),
  failure: orNull(
    hasFields<NonNullable<OverviewCard['failure']>>({ message: isText, inARow: isNumber, retryAt: orNull(isNumber) }),
  ),
  disabledBy: orNull(isText),
  curve: isCurve,
});

export const isOverview = hasFields<Overview>({
  now: isNumber,
  total: isNumber,
  counts: hasFields<Overview['counts']>({
    failing: isNumber,
    stale: isNumber,
    waiting: isNumber,
    running: isNumber,
    disabled: isNumber,
  }),
  matching: isNumber,
  page: isNumber,
  pages: isNumber,
  functions: listOf(isCard),
});
