'use client';

import { useFormat, useWords } from '../language/use-language.ts';
import { useTimeZone } from '../live/use-time-zone.ts';
import { usePrinting } from './use-printing.ts';
import { printWords } from './words.ts';

/** What paper cannot be asked for later: of what this is, over which range, where it is from and when it was printed. */
export function PrintHeader({ title, range }: { title: string; range: string }) {
  const isPrinting = usePrinting();
  return isPrinting ? <Header title={title} range={range} /> : null;
}

function Header({ title, range }: { title: string; range: string }) {
  const say = useWords(printWords);
  const { clock } = useFormat();
  const zone = useTimeZone();
  const now = Date.now();
  return (
    <div className="print-header">
      <b translate="no">{title}</b>
      <span>{range}</span>
      <span>{say.printed(`${clock(now, zone, 'date')} ${clock(now, zone)} (${zone})`)}</span>
      <span translate="no">{location.href}</span>
    </div>
  );
}
