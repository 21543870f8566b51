'use client';

import { memo } from 'react';
import type { Chunk, Run } from './output-text.ts';
import { visibleParts } from './visible-parts.ts';

const LINE_PX = 20;

/** Output as it was written. Chunks out of view are not laid out, and drawn ones not again, so that much of it stays smooth. */
export function OutputLines({ chunks }: { chunks: readonly Chunk[] }) {
  return (
    <>
      {chunks.map((chunk) => (
        <ChunkLines key={chunk.number} chunk={chunk} />
      ))}
    </>
  );
}

const ChunkLines = memo(({ chunk: { runs, lines } }: { chunk: Chunk }) => (
  <div className="chunk" style={{ containIntrinsicBlockSize: `auto ${Math.max(1, lines) * LINE_PX}px` }}>
    {runs.map((run, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the runs of a chunk have no other identity, and never move.
      <RunText key={index} run={run} />
    ))}
  </div>
));
ChunkLines.displayName = 'ChunkLines';

function RunText({ run: { stream, text, isMore } }: { run: Run }) {
  const parts = visibleParts(text).map((part, index) =>
    part.isEscaped ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: neither have parts.
      <span key={index} className="escaped">
        {part.text}
      </span>
    ) : (
      part.text
    ),
  );
  if (stream === 'stdout') return parts;
  return <span className={isMore ? 'stderr more' : 'stderr'}>{parts}</span>;
}
