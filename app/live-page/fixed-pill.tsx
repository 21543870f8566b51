import { pageWords } from '../language/page-language.ts';
import { LocalTime } from '../ui/local-time.tsx';
import { StateShape } from '../ui/state-mark.tsx';
import type { FixedRange } from './fixed-range.ts';
import type { View } from './view.ts';
import { RangeLink } from './view-link.tsx';
import { livePageWords } from './words.ts';

/** Where a live page says how old its data is: that this one does not move, and the way back. */
export async function FixedPill({ fixed, view }: { fixed: FixedRange; view: View }) {
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
      <RangeLink className="btn" view={view} shown={{ range: view.range, fixed: null }}>
        {say.backToLive}
      </RangeLink>
    </>
  );
}
