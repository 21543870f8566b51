'use client';

import useSWR from 'swr';
import type { FunctionState } from '#lib/schemas/function';
import { useFailureText } from '../failures/use-failure-text.ts';
import { sentence } from '../language/sentence.ts';
import { useFormat, useWords } from '../language/use-language.ts';
import { useLive, useLiveStore } from '../live/live-provider.tsx';
import { apiOf, fetchCollectorAlive } from '../live/rest.ts';
import { StaticBanner } from './banner.tsx';
import { noticeWords } from './notice-words.tsx';
import { OutageNotice } from './outage-notice.tsx';

/** How often it is looked whether a collector has come, while data is missing. */
const LOOK_MS = 5_000;

type Props = { inputKey: string; collectorAlive: boolean; isEmpty: boolean };

/** At most one line under the header, about what keeps the page from being up to date. */
export function Notices({ inputKey, collectorAlive, isEmpty }: Props) {
  const say = useWords(noticeWords);
  const status = useLive((store) => store.status);
  const isOut = useLive((store) => store.isOutOfReach);
  const problem = useLive((store) => store.live.state?.input.problem ?? null);
  const rejected = useLive((store) => store.live.state?.rejected ?? null);
  if (isOut) return <OutageNotice />;
  if (problem !== null) {
    return (
      <StaticBanner title={say.badInput}>
        {say.keyIs(<code translate="no">{inputKey}</code>, <span lang="en">{problem}</span>)}
      </StaticBanner>
    );
  }
  if (status === 'disabled') return <StaticBanner title={say.disabled}>{say.notCalled}</StaticBanner>;
  if (rejected !== null) return <Rejected {...rejected} />;
  return status === 'stale' && !isEmpty ? <WhyStale inputKey={inputKey} collectorAlive={collectorAlive} /> : null;
}

function Rejected({ version, failure }: NonNullable<FunctionState['rejected']>) {
  const say = useWords(noticeWords);
  const textOf = useFailureText();
  const number = useLive((store) => store.live.state?.versionNumber ?? null);
  const source = useLive((store) => store.live.state?.source ?? '');
  const title = version === null ? say.declaredNotHad : say.doesNotLoad(version);
  return (
    <StaticBanner title={title}>
      {say.untilThen(
        <span translate="no">{sentence(textOf(failure.message))}</span>,
        number === null ? <code translate="no">{source}</code> : `v${number}`,
      )}
    </StaticBanner>
  );
}

function WhyStale({ inputKey, collectorAlive }: Omit<Props, 'isEmpty'>) {
  const say = useWords(noticeWords);
  const { span } = useFormat();
  const { name } = useLiveStore();
  const isRunning = useLive((store) => store.live.runtimeAlive);
  const since = useLive((store) => store.freshest.inputAt);
  const now = useLive((store) => store.now);
  const { data } = useSWR(apiOf(name), () => fetchCollectorAlive(name), { refreshInterval: LOOK_MS });
  if (!isRunning) {
    return <StaticBanner title={say.nothingRuns}>{say.startRuntime}</StaticBanner>;
  }
  const isCollected = data ?? collectorAlive;
  return (
    <StaticBanner
      title={say.unchanged(<span translate="no">{inputKey}</span>, since === null ? null : span(now - since))}
    >
      {isCollected ? say.collectorRuns : say.noCollector}
    </StaticBanner>
  );
}
