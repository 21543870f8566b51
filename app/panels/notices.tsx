'use client';

import useSWR from 'swr';
import type { FunctionState } from '#lib/schemas/function';
import { span } from '../format/age.ts';
import { useLive, useLiveStore } from '../live/live-provider.tsx';
import { apiOf, fetchCollectorAlive } from '../live/rest.ts';
import { StaticBanner } from './banner.tsx';
import { OutageNotice } from './outage-notice.tsx';

/** How often it is looked whether a collector has come, while data is missing. */
const LOOK_MS = 5_000;

type Props = { inputKey: string; collectorAlive: boolean; isEmpty: boolean };

/** At most one line under the header, about what keeps the page from being up to date. */
export function Notices({ inputKey, collectorAlive, isEmpty }: Props) {
  const status = useLive((store) => store.status);
  const isOut = useLive(({ live, lostSince }) => lostSince !== null || live.redisDownSince !== null);
  const problem = useLive((store) => store.live.state?.input.problem ?? null);
  const rejected = useLive((store) => store.live.state?.rejected ?? null);
  if (isOut) return <OutageNotice />;
  if (problem !== null) {
    return (
      <StaticBanner title="The input cannot be used.">
        Key <code>{inputKey}</code>: {problem}
      </StaticBanner>
    );
  }
  if (status === 'disabled')
    return (
      <StaticBanner title="This function is disabled.">It is not called until somebody enables it again.</StaticBanner>
    );
  if (rejected !== null) return <Rejected {...rejected} />;
  return status === 'stale' && !isEmpty ? <WhyStale inputKey={inputKey} collectorAlive={collectorAlive} /> : null;
}

function Rejected({ version, failure }: NonNullable<FunctionState['rejected']>) {
  const runs = useLive((store) => store.live.state?.source ?? '');
  const title = version === null ? 'The declared code cannot be had.' : `Version ${version} does not load.`;
  return (
    <StaticBanner title={title}>
      {failure.message} Until it does, <code>{runs}</code> runs.
    </StaticBanner>
  );
}

function WhyStale({ inputKey, collectorAlive }: Omit<Props, 'isEmpty'>) {
  const { name } = useLiveStore();
  const isRunning = useLive((store) => store.live.runtimeAlive);
  const since = useLive((store) => store.freshest.inputAt);
  const now = useLive((store) => store.now);
  const { data } = useSWR(apiOf(name), () => fetchCollectorAlive(name), { refreshInterval: LOOK_MS });
  if (!isRunning) {
    return (
      <StaticBanner title="Nothing runs this function.">
        Its last data is shown. Start its runtime with <code>npm start</code>.
      </StaticBanner>
    );
  }
  const isCollected = data ?? collectorAlive;
  return (
    <StaticBanner
      title={
        <>
          Key {inputKey} has not changed{since === null ? '' : ` for ${span(now - since)}`}.
        </>
      }
    >
      {isCollected ? (
        'A collector runs; new data is shown as soon as it comes.'
      ) : (
        <>
          No collector writes it. Start one with <code>COLLECT=on npm start</code>, or write the key yourself.
        </>
      )}
    </StaticBanner>
  );
}
