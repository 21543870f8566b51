'use client';

import type { KeptText } from '#lib/schemas/invocation';
import { useFormat, useWords } from '../language/use-language.ts';
import { JsonText } from '../panels/json-text.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { CopyButton } from './copy-button.tsx';
import { inspectorWords } from './words.ts';

type Props = {
  title: string;
  note?: string | undefined;
  kept: KeptText | null;
  /** Why there is none. */
  missing: string;
};

/** A text as it was, only indented. */
export function TextSection({ title, note, kept, missing }: Props) {
  const say = useWords(inspectorWords);
  const { bytes } = useFormat();
  return (
    <section className="part">
      <div className="title">
        <h3>{title}</h3>
        {note !== undefined && <span className="small dim">{note}</span>}
        {kept !== null && <CopyButton text={() => kept.text} label={say.copy(title)} done={say.copied} />}
      </div>
      {kept === null ? (
        <p className="dim">{missing}</p>
      ) : (
        <ScrollRegion className="text" isCode label={title}>
          <JsonText text={kept.text} />
        </ScrollRegion>
      )}
      {kept?.isCut && <p className="dim">{say.cut(bytes(new Blob([kept.text]).size), bytes(kept.bytes))}</p>}
    </section>
  );
}
