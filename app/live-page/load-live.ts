import 'server-only';
import type { Context } from '#lib/context';
import { readNewest } from '#lib/functions/history-entries';
import { readEvents } from '#lib/functions/read-events';
import { readFunction } from '#lib/functions/read-function';
import { readSample } from '#lib/functions/read-sample';
import { readWindow } from '#lib/functions/read-window';
import type { EventList } from '#lib/schemas/event';
import { numbersIn } from '#lib/series/flatten';
import { admitReader } from '../auth/admit.ts';
import { currentCaller } from '../auth/current-caller.ts';
import type { Viewer } from '../events/events-provider.tsx';
import { loadPicked } from '../inspector/load-picked.ts';
import type { FirstInvocation } from '../inspector/with-inspector.tsx';
import type { LivePage } from '../live/live-store.ts';
import { hrefOf, type View } from './view.ts';

/** Rows of the results table in the first HTML. */
export const FIRST_RESULTS = 20;

export type LiveData = {
  page: LivePage;
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
  const caller = await currentCaller();
  const rangeMs = view.range.ms;
  const { state, runtimeAlive, collectorAlive } = await readFunction(ctx, { name });
  const results = await readNewest(ctx, name, FIRST_RESULTS);
  const now = Date.now();
  const from = now - rangeMs - 2 * state.periodMs;
  const [window, sample, events, picked] = await Promise.all([
    readWindow(ctx, { name, from, to: now, periodMs: state.periodMs }),
    readSample(ctx, { key: state.inputKey }),
    readEvents(ctx, caller, { name, from }),
    loadPicked(ctx, caller, name, view.tick),
  ]);
  const newest = results.find(({ result }) => result !== undefined)?.result ?? '';
  return {
    page: { name, rangeMs, live: { now, state, runtimeAlive, redisDownSince: null }, window, results },
    collectorAlive,
    sample,
    events,
    viewer: caller === null ? 'nobody' : caller.role,
    picked,
    names: [...new Set([...window.series.map((series) => series.name), ...numbersIn(newest).keys()])],
  };
}
