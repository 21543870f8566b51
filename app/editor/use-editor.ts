import { type RefObject, useEffect, useEffectEvent, useState } from 'react';
import { useLanguage } from '../language/use-language.ts';
import type { Editor, EditorEvents } from './create-editor.ts';
import type { EditedLanguage } from './languages.ts';

type Wanted = {
  text: string;
  /** What its lines are compared with; null, for good, for nothing. */
  base: string | null;
  language: EditedLanguage;
  /** Another number: `text` was not typed here. */
  edition: number;
  label: string;
  /** Id of the element that says how the keyboard leaves the editor. */
  describedBy: string;
  on: EditorEvents;
};

/** The editor in an element, kept as it is wanted; null until it is loaded, after the page is there. */
export function useEditor(parent: RefObject<HTMLElement | null>, wanted: Wanted): Editor | null {
  const { text, base, language, edition, label } = wanted;
  const tongue = useLanguage();
  const [editor, setEditor] = useState<Editor | null>(null);
  const typed = useEffectEvent((next: string) => wanted.on.typed(next));
  const counted = useEffectEvent((lines: number) => wanted.on.counted(lines));
  const moved = useEffectEvent((line: number, column: number) => wanted.on.moved(line, column));
  const submitted = useEffectEvent(() => wanted.on.submitted());
  const open = useEffectEvent(async (element: HTMLElement) => {
    const { createEditor } = await import('./create-editor.ts');
    return await createEditor({ ...wanted, parent: element, tongue, on: { typed, counted, moved, submitted } });
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
  }, [parent]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed is in the editor already; an edition is not.
  useEffect(() => editor?.replace(text), [editor, edition]);
  useEffect(() => {
    if (base !== null) editor?.compareWith(base);
  }, [editor, base]);
  useEffect(() => void editor?.speak(language), [editor, language]);
  useEffect(() => editor?.translate(label, tongue), [editor, label, tongue]);
  return editor;
}
