'use client';

import useSWR from 'swr';
import type { FunctionState } from '#lib/schemas/function';
import { useFormat, useWords } from '../language/use-language.ts';
import { useLive, useLiveStore } from '../live/live-provider.tsx';
import { apiOf, fetchCollectorAlive } from '../live/rest.ts';
import { StaticBanner } from './banner.tsx';
import { OutageNotice } from './outage-notice.tsx';
import { panelWords } from './words.ts';

/** How often it is looked whether a collector has come, while data is missing. */
const LOOK_MS = 5_000;

type Props = { inputKey: string; collectorAlive: boolean; isEmpty: boolean };

/** At most one line under the header, about what keeps the page from being up to date. */
export function Notices({ inputKey, collectorAlive, isEmpty }: Props) {
  const say = useWords(panelWords);
  const status = useLive((store) => store.status);
  const isOut = useLive(({ live, lostSince }) => lostSince !== null || live.redisDownSince !== null);
  const problem = useLive((store) => store.live.state?.input.problem ?? null);
  const rejected = useLive((store) => store.live.state?.rejected ?? null);
  if (isOut) return <OutageNotice />;
  if (problem !== null) {
    return (
      <StaticBanner title={say.badInput}>
        {say.key} <code translate="no">{inputKey}</code>: <span translate="no">{problem}</span>
      </StaticBanner>
    );
  }
  if (status === 'disabled') return <StaticBanner title={say.isDisabled}>{say.isDisabledWhy}</StaticBanner>;
  if (rejected !== null) return <Rejected {...rejected} />;
  return status === 'stale' && !isEmpty ? <WhyStale inputKey={inputKey} collectorAlive={collectorAlive} /> : null;
}

function Rejected({ version, failure }: NonNullable<FunctionState['rejected']>) {
  const say = useWords(panelWords);
  const runs = useLive((store) => store.live.state?.source ?? '');
  return (
    <StaticBanner title={version === null ? say.noCode : say.notLoaded(version)}>
      <span translate="no">{failure.message}</span> {say.untilItDoes} <code translate="no">{runs}</code>
    </StaticBanner>
  );
}

function WhyStale({ inputKey, collectorAlive }: Omit<Props, 'isEmpty'>) {
  const { name } = useLiveStore();
  const say = useWords(panelWords);
  const { span } = useFormat();
  const isRunning = useLive((store) => store.live.runtimeAlive);
  const since = useLive((store) => store.freshest.inputAt);
  const now = useLive((store) => store.now);
  const { data } = useSWR(apiOf(name), () => fetchCollectorAlive(name), { refreshInterval: LOOK_MS });
  if (!isRunning) {
    return (
      <StaticBanner title={say.noRuntime}>
        {say.noRuntimeWhy} <code>npm start</code>.
      </StaticBanner>
    );
  }
  const isCollected = data ?? collectorAlive;
  return (
    <StaticBanner title={say.notChanged(inputKey, since === null ? null : span(now - since))}>
      {isCollected ? (
        say.collected
      ) : (
        <>
          {say.notCollected} <code>COLLECT=on npm start</code>.
        </>
      )}
    </StaticBanner>
  );
}
