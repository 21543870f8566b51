'use client';

import { classify } from '#lib/series/classify';
import { useVersionName } from '../events/events-provider.tsx';
import { inWords } from '../format/numbers.ts';
import { useFormat, useWords } from '../language/use-language.ts';
import { useTimeZone } from '../live/use-time-zone.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { Frame } from './frame.tsx';
import { useBucket } from './use-invocation.ts';
import { inspectorWords } from './words.ts';

/** What is known where single ticks are not kept any more: all of the stretch of time together. */
export function BucketReport({ name, at, title }: { name: string; at: number; title: string }) {
  const say = useWords(inspectorWords);
  const { whole, clock, figure } = useFormat();
  const zone = useTimeZone();
  const versionName = useVersionName();
  const { data, hasFailed } = useBucket(name, at);
  if (!data) {
    return (
      <Frame title={title} previous={null} next={null}>
        <p className="none">{hasFailed ? say.unavailable : data === null ? say.gone : say.loading}</p>
      </Frame>
    );
  }
  const shown = (value: number, series: string) => inWords(figure(value, classify(series).kind, 2));
  return (
    <Frame
      title={say.bucketTitle(clock(data.from, zone, 'day'), clock(data.to, zone, 'minute'))}
      previous={null}
      next={null}
    >
      <p className="none">{say.bucketNote}</p>
      <dl className="facts">
        <dt>{say.ticks}</dt>
        <dd>
          {whole(data.good + data.failed)}
          {data.failed > 0 && <span className="bad-t"> · {say.failed(whole(data.failed))}</span>}
        </dd>
        <dt>{say.code}</dt>
        <dd>{data.versions.map(versionName).join(', ')}</dd>
      </dl>
      <ScrollRegion label={say.series}>
        <table className="tbl">
          <thead>
            <tr>
              <th>{say.series}</th>
              <th className="num">{say.min}</th>
              <th className="num">{say.mean}</th>
              <th className="num">{say.max}</th>
            </tr>
          </thead>
          <tbody>
            {data.series.map(({ name: series, min, mean, max }) => (
              <tr key={series}>
                <td translate="no">{series}</td>
                <td className="num">{shown(min, series)}</td>
                <td className="num">{shown(mean, series)}</td>
                <td className="num">{shown(max, series)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Frame>
  );
}
