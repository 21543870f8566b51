'use client';

import { type RefObject, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import type { JobLanguage } from '#lib/schemas/job';
import type { Editor } from '../../editor/create-editor.ts';
import type { Wrong } from '../../forms/refusal.ts';
import { WrongText } from '../../forms/refusal-text.tsx';
import { useLanguage, useWords } from '../../language/use-language.ts';
import { newJobWords } from './words.ts';

const GRAMMARS = { python: 'python', node: 'javascript', bash: 'plain' } as const satisfies Record<JobLanguage, string>;

type Props = {
  text: string;
  language: JobLanguage;
  /** Another number: `text` was not typed here. */
  edition: number;
  problem: Wrong | undefined;
  /** The form that Ctrl-Enter sends. */
  form: RefObject<HTMLFormElement | null>;
  onType: (text: string) => void;
};

/** The editor of a script, loaded when the page is there; until then, and without JavaScript, its text. */
export function ScriptEditor({ text, language, edition, problem, form, onType }: Props) {
  const say = useWords(newJobWords);
  const parent = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor | null>(null);
  const id = useId();
  const tongue = useLanguage();

  const typed = useEffectEvent((next: string) => onType(next));
  const submitted = useEffectEvent(() => form.current?.requestSubmit());
  const open = useEffectEvent(async (element: HTMLElement) => {
    const { createEditor } = await import('../../editor/create-editor.ts');
    return await createEditor({
      parent: element,
      base: null,
      ...{ text, language: GRAMMARS[language], tongue, label: say.code, describedBy: `${id}-hint ${id}-problem` },
      on: { typed, submitted, counted: () => {}, moved: () => {} },
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
  useEffect(() => void editor?.speak(GRAMMARS[language]), [editor, language]);
  useEffect(() => editor?.translate(say.code, tongue), [editor, say, tongue]);

  return (
    <div className="field">
      <span className="lab" aria-hidden="true">
        {say.code}
      </span>
      <div className="code script" ref={parent} data-invalid={problem !== undefined || undefined} translate="no">
        {editor === null && <pre className="unread">{text}</pre>}
      </div>
      <p className="hint err" role="alert" id={`${id}-problem`}>
        {problem !== undefined && <WrongText path="code" wrong={problem} />}
      </p>
      <p className="sr" id={`${id}-hint`}>
        {say.editorHint}
      </p>
    </div>
  );
}
