'use client';

import { useEffect, useId, useRef } from 'react';
import type { Language } from '#lib/schemas/function';
import type { LineProblem } from '../editor/problem-line.ts';
import { useEditor } from '../editor/use-editor.ts';
import { useWords } from '../language/use-language.ts';
import { CodeLines } from './code-lines.tsx';
import { codeWords } from './words.tsx';

type Props = {
  name: string;
  text: string;
  base: string;
  language: Language;
  /** Another number: `text` was not typed here. */
  edition: number;
  /** The line that failed; another object is another failure, to which the focus goes. */
  problem: LineProblem | null;
  onType: (text: string) => void;
  onCount: (changedLines: number) => void;
  onMove: (line: number, column: number) => void;
  onSubmit: () => void;
};

/** The editor, loaded when the page is there; until then its text. */
export function CodeEditor({ name, text, base, language, edition, problem, ...on }: Props) {
  const parent = useRef<HTMLDivElement>(null);
  const id = useId();
  const say = useWords(codeWords);
  const label = say.codeOf(name);
  const editor = useEditor(parent, {
    ...{ text, base, language, edition, label, describedBy: id },
    on: { typed: on.onType, counted: on.onCount, moved: on.onMove, submitted: on.onSubmit },
  });
  useEffect(() => editor?.mark(problem), [editor, problem]);

  return (
    <>
      <div className="code" ref={parent} translate="no">
        {editor === null && <CodeLines label={label} text={text} />}
      </div>
      <p className="sr" id={id}>
        {say.keyboard}
      </p>
    </>
  );
}
