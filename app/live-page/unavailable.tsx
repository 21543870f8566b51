import { commonWords } from '../language/common-words.ts';
import { pageWords } from '../language/page-language.ts';
import { StaticBanner } from '../panels/banner.tsx';
import { emptyWords } from '../panels/empty-words.tsx';
import { RetryUntilBack } from '../panels/retry-until-back.tsx';
import { STATES, StateShape } from '../ui/state-mark.tsx';
import { stateWords } from '../ui/state-words.ts';
import { Skeleton } from './skeleton.tsx';
import { RangeLinks } from './toolbar.tsx';
import type { View } from './view.ts';
import { ViewLink } from './view-link.tsx';

/** The page while Redis does not answer and nothing is known yet: its layout, and why it is empty. */
export async function Unavailable({ name, view }: { name: string; view: View }) {
  const { nothingShown } = await pageWords(emptyWords);
  const { redisAway } = await pageWords(commonWords);
  const { connecting } = await pageWords(stateWords);
  const { tone } = STATES.connecting;
  return (
    <>
      <StaticBanner title={redisAway}>{nothingShown}</StaticBanner>
      <Skeleton>
        <div className="bar">
          <h1 translate="no">{name}</h1>
          <span className={`state pill ${tone}`} data-state="connecting">
            <StateShape tone={tone} />
            {connecting}
          </span>
          <div className="grow" />
          <RangeLinks
            range={view.range}
            link={(shown, props) => <ViewLink key={shown.range?.label} view={{ ...view, ...shown }} {...props} />}
          />
        </div>
      </Skeleton>
      <RetryUntilBack />
    </>
  );
}
