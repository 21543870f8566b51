import Link from 'next/link';
import { pageWords } from '../language/page-language.ts';
import { LocalTime } from '../ui/local-time.tsx';
import { StateShape } from '../ui/state-mark.tsx';
import type { FixedRange } from './fixed-range.ts';
import { livePageWords } from './words.ts';

/** Where a live page says how old its data is: that this one does not move, and the way back. */
export async function FixedPill({ fixed, href }: { fixed: FixedRange; href: string }) {
  const say = await pageWords(livePageWords);
  return (
    <>
      <span className="state pill idle" data-state="fixed">
        <StateShape tone="idle" />
        <span>{say.fixedRange}</span>
      </span>
      <span className="small dim span">
        <LocalTime at={fixed.from} style="moment" /> – <LocalTime at={fixed.to} style="moment" />
      </span>
      <Link className="btn" href={href} prefetch={false} scroll={false}>
        {say.backToLive}
      </Link>
    </>
  );
}
