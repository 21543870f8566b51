import { StaticBanner } from '../panels/banner.tsx';
import { RetryUntilBack } from '../panels/retry-until-back.tsx';
import { STATES, StateShape } from '../ui/state-mark.tsx';
import { Skeleton } from './skeleton.tsx';
import { RangeLinks } from './toolbar.tsx';
import type { View } from './view.ts';

/** The page while Redis does not answer and nothing is known yet: its layout, and why it is empty. */
export function Unavailable({ name, view }: { name: string; view: View }) {
  const { tone, word } = STATES.connecting;
  return (
    <>
      <StaticBanner title="Redis unreachable.">
        Nothing can be shown until it answers. This page tries again every 2 s.
      </StaticBanner>
      <Skeleton>
        <div className="bar">
          <h1>{name}</h1>
          <span className={`state pill ${tone}`} data-state="connecting">
            <StateShape tone={tone} />
            {word}
          </span>
          <div className="grow" />
          <RangeLinks view={view} />
        </div>
      </Skeleton>
      <RetryUntilBack />
    </>
  );
}
