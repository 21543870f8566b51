'use client';

import { useFrame } from '../charts/use-frame.ts';
import { useFormat } from '../language/use-language.ts';
import { useLiveStore } from '../live/live-provider.tsx';
import { useTimeZone } from '../live/use-time-zone.ts';
import { PrintHeader } from './print-header.tsx';

/** The head of a printed live page: its function, and which stretch of time its charts show. */
export function LivePrintHeader() {
  const { name } = useLiveStore();
  const { from, to } = useFrame();
  const { clock } = useFormat();
  const zone = useTimeZone();
  const [first, last] = [from, to].map((at) => clock(at, zone, 'moment'));
  return <PrintHeader title={name} range={`${first} – ${last}`} />;
}
