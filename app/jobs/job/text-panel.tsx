'use client';

import { useId, useState } from 'react';
import { useFormat, useWords } from '../../language/use-language.ts';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { CopyButton } from '../copy-button.tsx';
import { visibleParts } from '../output/visible-parts.ts';
import type { ShownText } from './shown-text.ts';
import { viewWords } from './words.ts';

type Props = {
  title: string;
  text: ShownText;
  /** What is copied: all of it. */
  whole: () => Promise<string>;
};

/** What was submitted, to be read and copied; lines have numbers, as tracebacks name them. */
export function TextPanel({ title, text: { lines, left }, whole }: Props) {
  const say = useWords(viewWords);
  const { whole: count } = useFormat();
  const id = useId();
  const [problem, setProblem] = useState<string | null>(null);
  const copy = async () => {
    setProblem(null);
    return await whole();
  };
  return (
    <div className="panel">
      <div className="head line">
        <h2 id={id}>{title}</h2>
        <div className="grow" />
        <span role="status" className="small bad-t">
          {problem}
        </span>
        <CopyButton text={copy} failed={() => setProblem(say.notCopied)} />
      </div>
      <ScrollRegion className="code given" isCode labelledBy={id}>
        <div className="code-lines">
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a text have no other identity, and never move.
            <div key={index}>{line === '' ? ' ' : <Line text={line} />}</div>
          ))}
        </div>
      </ScrollRegion>
      {left !== 0 && <p className="foot small dim">{left === null ? say.lineCut : say.moreLines(count(left))}</p>}
    </div>
  );
}

function Line({ text }: { text: string }) {
  return visibleParts(text).map((part, index) =>
    part.isEscaped ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other identity, and never move.
      <span key={index} className="escaped">
        {part.text}
      </span>
    ) : (
      part.text
    ),
  );
}
