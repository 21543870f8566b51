import 'server-only';
import type { Context } from '#lib/context';
import { readNewest } from '#lib/functions/history-entries';
import { readFunction } from '#lib/functions/read-function';
import { readWindow } from '#lib/functions/read-window';
import type { FunctionState } from '#lib/schemas/function';
import type { HistoryEntry, SeriesWindow } from '#lib/schemas/history';
import { classify } from '#lib/series/classify';
import { numbersIn } from '#lib/series/flatten';
import { groupSeries } from '#lib/series/group';
import type { Kind } from '../format/numbers.ts';
import { columnsOf } from '../live/columns.ts';
import { CPU_MEAN, summarise, withSummary } from '../live/cpu-summary.ts';
import { type Status, statusOf } from '../live/status.ts';

const RANGE_MS = 15 * 60_000;
const POINTS = 160;
const LOOKED_AT = 20;

export type Card = {
  state: FunctionState;
  status: Status;
  now: number;
  newest: HistoryEntry | undefined;
  figure: { label: string; kind: Kind; value: number | null } | null;
  times: number[];
  values: (number | null)[];
  frame: { from: number; to: number };
  failures: SeriesWindow['failures'];
};

/** What the overview shows of one function. */
export async function loadCard(ctx: Context, { name, periodMs }: FunctionState): Promise<Card> {
  const now = Date.now();
  const [{ state, runtimeAlive }, newest, window] = await Promise.all([
    readFunction(ctx, { name }),
    readNewest(ctx, name, LOOKED_AT),
    readWindow(ctx, { name, from: now - RANGE_MS, to: now, periodMs, points: POINTS }),
  ]);
  const good = newest.find(({ result }) => result !== undefined);
  const numbers = numbersIn(good?.result ?? '');
  const groups = groupSeries([...new Set([...numbers.keys(), ...window.series.map((series) => series.name)])]);
  const cpuNames = groups.cpus[0]?.series.map((series) => series.name) ?? [];
  const columns = columnsOf(window);
  summarise(columns, cpuNames);
  const main = cpuNames.length > 0 ? CPU_MEAN : (groups.memoryCaching ?? groups.networkEgress ?? groups.others[0]);
  return {
    state,
    status: statusOf({ now, state, runtimeAlive, newestAt: newest[0]?.at ?? null, inputAt: good?.inputAt ?? null }),
    now,
    newest: good ?? newest[0],
    figure:
      main === undefined
        ? null
        : {
            label: main === CPU_MEAN ? 'mean of CPUs' : main,
            kind: main === CPU_MEAN ? 'cpu' : classify(main).kind,
            value: withSummary(numbers, cpuNames).get(main) ?? null,
          },
    times: columns.times,
    values: columns.values.get(main ?? '') ?? [],
    frame: { from: now - RANGE_MS, to: now },
    failures: window.failures,
  };
}
