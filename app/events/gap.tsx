'use client';

import Link from 'next/link';
import { zoomOf } from '../charts/selection.ts';
import { useFrame } from '../charts/use-frame.ts';
import { useZoom } from '../charts/zoom.tsx';
import { useFormat, useWords } from '../language/use-language.ts';
import { useLive, useLiveStore } from '../live/live-provider.tsx';
import { usePicked } from '../live/picked.tsx';
import { type OfKind, STILL_GOING } from './happenings.ts';
import { Look } from './look.tsx';
import { eventWords } from './words.ts';

/** Shown on both sides of a gap: half of it, but so many ticks at least, and not more than that. */
const LEAST_TICKS = 5;
const MOST_MS = 12 * 3_600_000;
/** A range is as close as it gets when it is hardly longer than what it would be zoomed to. */
const CLOSE = 1.5;

type Props = { of: OfKind<'gap'> };

/** For how long nothing ran. */
export function GapText({ of: { from, at } }: Props) {
  const say = useWords(eventWords);
  const { length } = useFormat();
  const isOpen = at === STILL_GOING;
  const forLong = useLive((store) => length((isOpen ? store.edge : at) - from));
  return isOpen ? say.stillNoData(forLong) : say.noDataFor(forLong);
}

/** The way to what came before a gap and after it; from close by, to the last tick before it. */
export function GapEnd({ of: { from, at } }: Props) {
  const say = useWords(eventWords);
  const store = useLiveStore();
  const frame = useFrame();
  const { pick } = usePicked();
  const { addressOf, zoomTo } = useZoom();
  const stepMs = Math.max(store.periodMs, store.bucketMs);
  const around = Math.min(Math.max((at - from) / 2, LEAST_TICKS * stepMs), MOST_MS);
  const close = zoomOf({ anchor: from - around, at: at + around }, stepMs, Math.max(store.now, frame.to));
  if (at === STILL_GOING || frame.to - frame.from < CLOSE * (close.to - close.from)) {
    return <Look onClick={() => pick(from)}>{say.viewLastTick}</Look>;
  }
  return (
    <Link
      href={addressOf(close.from, close.to)}
      prefetch={false}
      scroll={false}
      onNavigate={(event) => {
        event.preventDefault();
        zoomTo(close.from, close.to);
      }}
    >
      {say.zoomIn}
    </Link>
  );
}
