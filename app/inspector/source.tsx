'use client';

import { useWords } from '../language/use-language.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { useVersionText } from '../versions/use-version-text.ts';
import { inspectorWords } from './words.ts';

/** The code of a version, read when somebody wants to see it. */
export function Source({ name, number }: { name: string; number: number }) {
  const say = useWords(inspectorWords);
  const { read, hasFailed } = useVersionText(name, number);
  if (read === null) return <p className="none">{hasFailed ? say.unavailable : say.loading}</p>;
  if (read.text === null) return <p className="none">{say.noSource}</p>;
  return (
    <ScrollRegion className="text" isCode label={say.source}>
      <pre className="json">{read.text}</pre>
    </ScrollRegion>
  );
}
