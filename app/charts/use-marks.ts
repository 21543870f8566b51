'use client';

import { useEvents, useVersionName } from '../events/events-provider.tsx';
import { isTryOf, type OfKind } from '../events/happenings.ts';
import { eventWords } from '../events/words.ts';
import { useFormat, useWords } from '../language/use-language.ts';
import { useDrawn, useLiveStore } from '../live/live-provider.tsx';
import { useTimeZone } from '../live/use-time-zone.ts';
import { bandOf, failureBand, type Stretch, spread } from './bands.ts';
import { clockStyle } from './clock-style.ts';
import { percentAcross } from './path.ts';
import { type Label, type Place, type PlacedLabel, placeLabels } from './place-labels.ts';

type Range = { from: number; to: number };
/** What a band is about: ticks that failed, a time in which nothing ran, one of which nothing is known. */
type BandTone = 'failed' | 'gap' | 'unknown';

export type Band = Stretch & {
  tone: BandTone;
  /** Of what reaches out of the frame, when data came, or came last. */
  before?: number;
  since?: number;
};
export type Mark = { key: string; left: number; kind: 'deploy' | 'not-loaded' | 'settings' | 'restart' };
/** `flag`: how a new version is called. */
type Tone = 'flag' | BandTone;
export type MarkLabel = PlacedLabel & { tone: Tone };

/** What is shorter at the left edge, as a share of the range, is only where the first row happens to be. */
const LEAST_BEFORE = 0.015;

/** Marks that are closer, in percent of the width, are one. */
const APART = 0.8;

/** Where the curves have nothing to show: nothing was known yet, nothing ran, or it failed. */
export function useBands(frame: Range): Band[] {
  const store = useLiveStore();
  useDrawn((live) => live.revision);
  const { happenings } = useEvents();
  const failures = useDrawn((live) => live.failures);
  const [first] = store.series.columns.times;
  const least = Math.max(store.freshMs, store.rangeMs * LEAST_BEFORE);
  const silent = happenings.flatMap(({ kind, key, from, at }): Band[] => {
    const band = kind === 'gap' ? bandOf({ from, to: at }, frame) : null;
    if (band === null) return [];
    if (at > frame.to) return [{ key, tone: 'gap', since: from, ...band }];
    return [{ key, tone: 'gap', ...(from <= frame.from && { before: at }), ...band }];
  });
  const isYoung = first !== undefined && first - frame.from > least && silent.every(({ left }) => left > 0);
  const unknown = isYoung ? bandOf({ from: frame.from, to: first }, frame) : null;
  return [
    ...(unknown === null ? [] : [{ key: 'unknown', tone: 'unknown', before: first, ...unknown } as const]),
    ...silent,
    ...failures.flatMap((run): Band[] => {
      const band = failureBand(run, frame, store.periodMs);
      return band === null ? [] : [{ ...band, tone: 'failed' }];
    }),
  ];
}

/** What is marked on the time axis, one for what would be drawn in the same place. */
export function useMarks(frame: Range): Mark[] {
  const { happenings } = useEvents();
  const marks = happenings.flatMap(({ kind, key, from, at }): Mark[] => {
    if (kind === 'failure' || kind === 'gap') return [];
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
  const store = useLiveStore();
  const say = useWords(eventWords);
  const { whole, clock } = useFormat();
  const zone = useTimeZone();

  const flags = happenings.toReversed().flatMap((each): (Label & { tone: Tone })[] => {
    if (each.kind !== 'deploy' || !each.isLive || each.at < frame.from || each.at > frame.to) return [];
    const at = percentAcross(frame, each.at);
    const sides = [{ at, side: 'left' } as const, { at, side: 'right' } as const];
    return [{ key: each.key, tone: 'flag', text: flagOf(each, versionName), places: sides, room: 1.5 }];
  });
  const ofBands = bands
    .toReversed()
    .flatMap(({ key, tone, left, width, before, since }): (Label & { tone: Tone })[] => {
      const run = tone === 'failed' ? failures.find(({ from }) => `${from}` === key) : undefined;
      const inside: Place = before === undefined ? { at: left, side: 'left' } : { at: left + width, side: 'right' };
      if (run !== undefined) {
        const isLoad = happenings.some((each) => isTryOf(run, each));
        const text = isLoad ? say.doesNotLoad : say.ticksFailed(run.count, whole(run.count));
        return [{ key, tone, text, places: [{ at: left, side: 'right' }, inside] }];
      }
      const at = before ?? since;
      if (at === undefined) return [];
      const style = clockStyle(Math.max(store.rangeMs, frame.to - at));
      const text = `${since === undefined ? say.noDataBefore : say.noDataSince} ${clock(at, zone, style)}`;
      return [{ key, tone, text, places: since === undefined ? [inside] : [inside, { at: left, side: 'right' }] }];
    });
  const labels = [...flags, ...ofBands];
  return placeLabels(labels).map((placed) => ({
    ...placed,
    tone: labels.find(({ key }) => key === placed.key)?.tone ?? 'unknown',
  }));
}

function flagOf({ version, label }: OfKind<'deploy'>, nameOf: (version: string) => string): string {
  return version === null ? nameOf(label ?? '') : `v${version}`;
}
