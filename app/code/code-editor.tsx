'use client';

import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import type { Language } from '#lib/schemas/function';
import type { Editor } from '../editor/create-editor.ts';
import type { LineProblem } from '../editor/problem-line.ts';
import { useLanguage, useWords } from '../language/use-language.ts';
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
  const [editor, setEditor] = useState<Editor | null>(null);
  const id = useId();
  const tongue = useLanguage();
  const say = useWords(codeWords);
  const label = say.codeOf(name);

  const typed = useEffectEvent((next: string) => on.onType(next));
  const counted = useEffectEvent((lines: number) => on.onCount(lines));
  const moved = useEffectEvent((line: number, column: number) => on.onMove(line, column));
  const submitted = useEffectEvent(() => on.onSubmit());
  const open = useEffectEvent(async (element: HTMLElement) => {
    const { createEditor } = await import('../editor/create-editor.ts');
    return await createEditor({
      parent: element,
      ...{ text, base, language, tongue, label, describedBy: id },
      on: { typed, counted, moved, submitted },
    });
  });

  useEffect(() => {
    let isWanted = true;
    let opened: Editor | null = null;
    if (parent.current === null) return;
    void open(parent.current).then((made) => {
      opened = made;
      if (isWanted) setEditor(made);
      else made.destroy();
    });
    return () => {
      isWanted = false;
      opened?.destroy();
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed is in the editor already; an edition is not.
  useEffect(() => editor?.replace(text), [editor, edition]);
  useEffect(() => editor?.compareWith(base), [editor, base]);
  useEffect(() => void editor?.speak(language), [editor, language]);
  useEffect(() => editor?.translate(label, tongue), [editor, label, tongue]);
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
