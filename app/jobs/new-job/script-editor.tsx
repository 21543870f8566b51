'use client';

import { type RefObject, useId, useRef } from 'react';
import type { JobLanguage } from '#lib/schemas/job';
import { useEditor } from '../../editor/use-editor.ts';
import type { Wrong } from '../../forms/refusal.ts';
import { WrongText } from '../../forms/refusal-text.tsx';
import { useWords } from '../../language/use-language.ts';
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
  const id = useId();
  const editor = useEditor(parent, {
    ...{ text, base: null, language: GRAMMARS[language], edition },
    ...{ label: say.code, describedBy: `${id}-hint ${id}-problem` },
    on: { typed: onType, submitted: () => form.current?.requestSubmit(), counted: () => {}, moved: () => {} },
  });

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
