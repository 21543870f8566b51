'use client';

import { longestStep } from '#lib/series/window';
import { useEvents, useVersionName } from '../events/events-provider.tsx';
import { type Happening, isTryOf } from '../events/happenings.ts';
import { eventWords } from '../events/words.ts';
import { useFormat, useWords } from '../language/use-language.ts';
import { useDrawn, useLiveStore } from '../live/live-provider.tsx';
import { useTimeZone } from '../live/use-time-zone.ts';
import { failureBand, pauses, type Stretch, spread } from './bands.ts';
import { percentAcross } from './path.ts';
import { type Label, type PlacedLabel, placeLabels } from './place-labels.ts';

type Range = { from: number; to: number };
/** `flag`: how a new version is called; `failed` and `none`: what a band is about. */
type Tone = 'flag' | 'failed' | 'none';

export type Band = Stretch & { tone: 'failed' | 'none'; edge: 'start' | 'end' };
export type Mark = { key: string; left: number; kind: 'deploy' | 'not-loaded' | 'settings' | 'restart' };
export type MarkLabel = PlacedLabel & { tone: Tone };

/** A pause shorter than this share of the range is only a gap in the line. */
const LEAST_PAUSE = 0.015;
/** Marks that are closer, in percent of the width, are one. */
const APART = 0.8;

/** Where the curves have nothing to show: nothing ran yet, any more or for a while, or it failed. */
export function useBands(frame: Range): Band[] {
  const store = useLiveStore();
  useDrawn((live) => live.revision);
  const failures = useDrawn((live) => live.failures);
  const { times } = store.series.columns;
  const [first, newest] = [times[0], times.at(-1)];
  const seen = store.rangeMs * LEAST_PAUSE;
  const least = Math.max(store.freshMs, seen);
  // How often the input changes says how old data may be, not how often the function should have been called.
  const leastPause = Math.max(longestStep(store.periodMs, store.bucketMs), seen);
  const none = (key: string, from: number, to: number, edge: Band['edge']): Band[] => {
    const left = Math.max(0, percentAcross(frame, from));
    return [{ key, left, width: percentAcross(frame, to) - left, tone: 'none', edge }];
  };
  return [
    ...(first !== undefined && first - frame.from > least ? none(BEFORE, frame.from, first, 'end') : []),
    ...pauses(times, frame, leastPause).map((each): Band => ({ ...each, tone: 'none', edge: 'start' })),
    ...(newest !== undefined && frame.to - newest > store.freshMs ? none(SINCE, newest, frame.to, 'start') : []),
    ...failures.flatMap((run): Band[] => {
      const band = failureBand(run, frame, store.periodMs);
      return band === null ? [] : [{ ...band, tone: 'failed', edge: 'start' }];
    }),
  ];
}

const BEFORE = 'before';
const SINCE = 'since';

/** What is marked on the time axis, one for what would be drawn in the same place. */
export function useMarks(frame: Range): Mark[] {
  const { happenings } = useEvents();
  const marks = happenings.flatMap(({ kind, key, from, at }): Mark[] => {
    if (kind === 'failure') return [];
    const time = kind === 'not-loaded' ? from : at;
    return time < frame.from || time > frame.to ? [] : [{ key, kind, left: percentAcross(frame, time) }];
  });
  const kinds = [...new Set(marks.map(({ kind }) => kind))];
  return kinds.flatMap((kind) =>
    spread(
      marks.filter((mark) => mark.kind === kind),
      APART,
    ),
  );
}

/** What is written beside lines and bands; what has no room there is in the list under the chart. */
export function useMarkLabels(frame: Range): MarkLabel[] {
  const { happenings } = useEvents();
  const versionName = useVersionName();
  const bands = useBands(frame);
  const failures = useDrawn((live) => live.failures);
  const { times } = useLiveStore().series.columns;
  const say = useWords(eventWords);
  const { whole, clock } = useFormat();
  const zone = useTimeZone();

  const flags = happenings.toReversed().flatMap((each): (Label & { tone: Tone })[] => {
    if (each.kind !== 'deploy' || !each.isLive || each.at < frame.from || each.at > frame.to) return [];
    const at = percentAcross(frame, each.at);
    const sides = [{ at, side: 'left' } as const, { at, side: 'right' } as const];
    return [{ key: each.key, tone: 'flag', text: flagOf(each, versionName), places: sides, room: 1.5 }];
  });
  const ofBands = bands.toReversed().flatMap(({ key, tone, left, width, edge }): (Label & { tone: Tone })[] => {
    const run = tone === 'failed' ? failures.find(({ from }) => `${from}` === key) : undefined;
    const inside =
      edge === 'start' ? ({ at: left, side: 'left' } as const) : ({ at: left + width, side: 'right' } as const);
    if (run !== undefined) {
      const isLoad = happenings.some((each) => isTryOf(run, each));
      const text = isLoad ? say.doesNotLoad : say.ticksFailed(run.count, whole(run.count));
      return [{ key, tone, text, places: [{ at: left, side: 'right' }, inside] }];
    }
    const at = key === BEFORE ? times[0] : key === SINCE ? times.at(-1) : undefined;
    if (at === undefined) return [];
    const text = `${key === BEFORE ? say.noDataBefore : say.noDataSince} ${clock(at, zone)}`;
    return [{ key, tone, text, places: key === SINCE ? [inside, { at: left, side: 'right' }] : [inside] }];
  });
  const labels = [...flags, ...ofBands];
  return placeLabels(labels).map((placed) => ({
    ...placed,
    tone: labels.find(({ key }) => key === placed.key)?.tone ?? 'none',
  }));
}

function flagOf(
  { version, label }: Extract<Happening, { kind: 'deploy' }>,
  nameOf: (version: string) => string,
): string {
  return version === null ? nameOf(label ?? '') : `v${version}`;
}
