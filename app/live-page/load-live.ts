import 'server-only';
import type { Context } from '#lib/context';
import { readNewest, readNewestWithin } from '#lib/functions/history-entries';
import { readEvents } from '#lib/functions/read-events';
import { readFunction } from '#lib/functions/read-function';
import { readReach } from '#lib/functions/read-reach';
import { readSample } from '#lib/functions/read-sample';
import { readWindow } from '#lib/functions/read-window';
import { askForWrites } from '#lib/redis-writes';
import type { EventList } from '#lib/schemas/event';
import { numbersIn } from '#lib/series/flatten';
import { admitReader } from '../auth/admit.ts';
import { currentCaller } from '../auth/current-caller.ts';
import type { Viewer } from '../events/events-provider.tsx';
import { loadPicked } from '../inspector/load-picked.ts';
import type { FirstInvocation } from '../inspector/with-inspector.tsx';
import type { LivePage } from '../live/live-store.ts';
import { hrefOf, type Range, rangeFor, type View } from './view.ts';

/** Rows of the results table in the first HTML. */
const FIRST_RESULTS = 20;
/** Read on both sides of a range, in periods: the curves come in from the left and go out on the right. */
const LEAD = 2;

export type LiveData = {
  page: LivePage;
  /** The range that moves and is shown, or that "back to live" goes back to. */
  range: Range;
  collectorAlive: boolean;
  sample: string | null;
  events: EventList;
  viewer: Viewer;
  /** The invocation that the address names. */
  picked: FirstInvocation | null;
  /** Every series of the range and of the newest result. */
  names: string[];
};

/** All that a live page shows, read at once. The results come first, so that the window holds each of them. */
export async function loadLive(ctx: Context, name: string, view: View): Promise<LiveData> {
  await admitReader(hrefOf(view));
  const { fixed } = view;
  const caller = await currentCaller();
  const { state, runtimeAlive, collectorAlive } = await readFunction(ctx, { name });
  const range = view.range ?? (await usualRange(ctx, name));
  const results =
    fixed === null
      ? await readNewest(ctx, name, FIRST_RESULTS)
      : await readNewestWithin(ctx, name, fixed, FIRST_RESULTS);
  const now = Date.now();
  const { periodMs } = state;
  const shown = fixed ?? { from: now - range.ms, to: now };
  const lead = LEAD * periodMs;
  const [window, sample, events, picked, writesRefused] = await Promise.all([
    readWindow(ctx, { name, from: shown.from - lead, to: Math.min(shown.to + lead, now), periodMs }),
    readSample(ctx, { key: state.inputKey }),
    readEvents(ctx, caller, { name, from: shown.from - lead, to: fixed?.to }),
    loadPicked(ctx, caller, name, view.tick),
    askForWrites(ctx),
  ]);
  const newest = results.find(({ result }) => result !== undefined)?.result ?? '';
  return {
    page: {
      name,
      rangeMs: shown.to - shown.from,
      ...(fixed === null ? {} : { endsAt: fixed.to }),
      live: { now, state, runtimeAlive, redisDownSince: null, writesRefused },
      window,
      results,
    },
    range,
    collectorAlive,
    sample,
    events,
    viewer: caller === null ? 'nobody' : caller.role,
    picked,
    names: [...new Set([...window.series.map((series) => series.name), ...numbersIn(newest).keys()])],
  };
}

async function usualRange(ctx: Context, name: string): Promise<Range> {
  const reach = await readReach(ctx, name);
  const now = Date.now();
  return rangeFor(reach === null ? null : { oldestMs: now - reach.oldest, newestMs: now - reach.newest });
}
