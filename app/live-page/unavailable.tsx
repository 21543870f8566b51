import { pageWords } from '../language/page-language.ts';
import { StaticBanner } from '../panels/banner.tsx';
import { RetryUntilBack } from '../panels/retry-until-back.tsx';
import { STATES, StateShape } from '../ui/state-mark.tsx';
import { Skeleton } from './skeleton.tsx';
import { RangeLinks } from './toolbar.tsx';
import type { View } from './view.ts';
import { livePageWords } from './words.ts';

/** The page while Redis does not answer and nothing is known yet: its layout, and why it is empty. */
export async function Unavailable({ name, view }: { name: string | null; view: View | null }) {
  const say = await pageWords(livePageWords);
  const { tone } = STATES.connecting;
  return (
    <>
      <StaticBanner title={say.unavailable}>{say.unavailableWhy}</StaticBanner>
      <Skeleton>
        <div className="bar">
          <h1>{name ?? say.functions}</h1>
          <span className={`state pill ${tone}`} data-state="connecting">
            <StateShape tone={tone} />
            {say.connecting}
          </span>
          <div className="grow" />
          {view !== null && <RangeLinks view={view} range={view.range} />}
        </div>
      </Skeleton>
      <RetryUntilBack />
    </>
  );
}
