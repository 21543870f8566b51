'use client';

import { useState } from 'react';
import type { Invocation } from '#lib/schemas/invocation';
import type { SettingName } from '#lib/schemas/settings';
import { useEvents } from '../events/events-provider.tsx';
import { codePath } from '../events/paths.ts';
import { MISSING } from '../format/numbers.ts';
import { useFormat, useWords } from '../language/use-language.ts';
import { useLive } from '../live/live-provider.tsx';
import { StateShape, type Tone } from '../ui/state-mark.tsx';
import { Source } from './source.tsx';
import { inspectorWords } from './words.ts';

const TONES = { result: 'ok', nothing: 'idle', failed: 'bad' } as const satisfies Record<Invocation['outcome'], Tone>;

/** How it went, in short. */
export function Facts({ name, invocation }: { name: string; invocation: Invocation }) {
  const say = useWords(inspectorWords);
  const { duration } = useFormat();
  const { outcome, version, tookMs, lagMs, id, failure } = invocation;
  // Code that does not load is never called, so nothing took any time.
  const timing = (ms: number) => (failure?.kind === 'init' ? MISSING : duration(ms));
  const { numberOf, viewer } = useEvents();
  const number = numberOf(version);
  const [isOpen, setOpen] = useState(false);
  const keyAt = useSettingAt(Number(id.split('-')[0]));
  const [input, output] = [keyAt('inputKey'), keyAt('outputKey')];
  return (
    <>
      <dl className="facts">
        <dt>{say.outcome}</dt>
        <dd className={`state ${TONES[outcome]}`}>
          <StateShape tone={TONES[outcome]} />
          {say.outcomes[outcome]}
        </dd>
        <dt>{say.code}</dt>
        <dd>
          {number !== null && (viewer === 'admin' ? <a href={codePath(name, number)}>v{number}</a> : `v${number}`)}{' '}
          <span className="mono dim" translate="no">
            {version}
          </span>
          {viewer === 'admin' && number !== null && (
            <button type="button" className="btn link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {isOpen ? say.hideSource : say.showSource}
            </button>
          )}
        </dd>
        <dt>{say.duration}</dt>
        <dd>{timing(tookMs)}</dd>
        <dt>{say.lag}</dt>
        <dd>{timing(lagMs)}</dd>
        <dt>{say.keys}</dt>
        <dd className="mono" translate="no">
          {input} → {output}
        </dd>
      </dl>
      {isOpen && number !== null && <Source name={name} number={number} />}
    </>
  );
}

/** A setting as it was at a time: what it was changed from first since then, or what it is. */
function useSettingAt(at: number): (name: SettingName & ('inputKey' | 'outputKey')) => string {
  const { happenings } = useEvents();
  const inputKey = useLive(({ live }) => live.state?.inputKey ?? '');
  const outputKey = useLive(({ live }) => live.state?.outputKey ?? '');
  const later = happenings.flatMap((each) => (each.kind === 'settings' && each.at > at ? each.changes : []));
  const now = { inputKey, outputKey };
  return (name) => `${later.find((change) => change.name === name)?.from ?? now[name]}`;
}
