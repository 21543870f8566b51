'use client';

import { useEffect, useState } from 'react';
import useSWR from 'swr';
import { jsonRows } from '../format/json-text.ts';
import { useWords } from '../language/use-language.ts';
import { useLive, useLiveStore } from '../live/live-provider.tsx';
import { apiOf, fetchSample } from '../live/rest.ts';
import { Icon } from '../ui/line-icon.tsx';
import { JsonText } from './json-text.tsx';
import { panelStateWords } from './state-words.tsx';

/** Results may come faster than anybody reads. */
const LEAST_MS = 1_000;

/** The raw text in the input key, read again with each result while the panel is open. */
export function SamplePanel({ inputKey, first }: { inputKey: string; first: string | null }) {
  const say = useWords(panelStateWords);
  const { name } = useLiveStore();
  const newest = useLive((store) => store.entries[0]?.id);
  const [isOpen, setOpen] = useState(false);
  const { data: text = null, mutate } = useSWR(isOpen ? `${apiOf(name)}/sample` : null, () => fetchSample(name), {
    fallbackData: first,
    dedupingInterval: LEAST_MS,
    keepPreviousData: true,
  });
  useEffect(() => {
    if (isOpen && newest !== undefined) void mutate();
  }, [isOpen, newest, mutate]);
  const shown = text ?? first;
  return (
    <details className="panel fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="head">
        <Icon shape="right" />
        <h2>{say.inputSample}</h2>
        <span className="small dim">{say.keyAsWritten(<code translate="no">{inputKey}</code>)}</span>
      </summary>
      {shown === null ? (
        <p className="head dim">{say.noText}</p>
      ) : (
        <div className="sample">
          <SampleTable text={shown} />
          <JsonText text={shown} />
        </div>
      )}
    </details>
  );
}

function SampleTable({ text }: { text: string }) {
  const say = useWords(panelStateWords);
  const rows = jsonRows(text);
  return (
    <div className="scroll">
      <table className="tbl" aria-label={say.inputSample}>
        <thead>
          <tr>
            <th>{say.key}</th>
            <th className="num">{say.value}</th>
          </tr>
        </thead>
        <tbody translate="no">
          {rows.map(({ name, value }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a sample may name a key twice, and rows are replaced in place.
            <tr key={index} translate="no">
              <td className="mono">{name}</td>
              <td className="num mono">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
