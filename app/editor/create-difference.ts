import { Chunk, MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension, Text } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import type { Language } from '#lib/schemas/function';
import type { Language as Tongue } from '../language/languages.ts';
import { linesBetween } from './changed-lines.ts';
import { cspNonce } from './csp-nonce.ts';
import { highlighting } from './highlight.ts';
import { languageExtension } from './languages.ts';
import { measureLines } from './measure-lines.ts';
import { editorPhrases } from './words.ts';

export type Side = { name: string; text: string };

type Order = {
  parent: HTMLElement;
  before: Side;
  after: Side;
  language: Language;
  tongue: Tongue;
  /** What both are called where they are shown as one. */
  label: string;
  layout: 'unified' | 'split';
};

const HOW = { collapseUnchanged: { margin: 3, minSize: 6 }, highlightChanges: false, gutter: true };

/** Shows what has changed from one text to another; returns what takes it away again. */
export async function createDifference({
  parent,
  before,
  after,
  language,
  tongue,
  label,
  layout,
}: Order): Promise<() => void> {
  const shared: Extension = [
    cspNonce(),
    EditorState.phrases.of(editorPhrases[tongue]),
    lineNumbers(),
    highlighting,
    await languageExtension(language),
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
  ];
  // It cannot be edited, but must be reached to be scrolled and read.
  const named = (name: string) =>
    EditorView.contentAttributes.of({ 'aria-label': name, 'aria-readonly': 'true', tabindex: '0' });
  if (layout === 'split') {
    const view = new MergeView({
      parent,
      a: { doc: before.text, extensions: [shared, named(before.name)] },
      b: { doc: after.text, extensions: [shared, named(after.name)] },
      ...HOW,
    });
    measureLines(view.a);
    measureLines(view.b);
    return () => view.destroy();
  }
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: after.text,
      extensions: [shared, named(label), unifiedMergeView({ original: before.text, mergeControls: false, ...HOW })],
    }),
  });
  measureLines(view);
  return () => view.destroy();
}

/** How many lines were added and how many removed. */
export function countDifference(before: string, after: string): { added: number; removed: number } {
  const [a, b] = [Text.of(before.split('\n')), Text.of(after.split('\n'))];
  const chunks = Chunk.build(a, b, { scanLimit: 500 });
  return {
    added: chunks.reduce((sum, { fromB, toB }) => sum + linesBetween(b, fromB, toB), 0),
    removed: chunks.reduce((sum, { fromA, toA }) => sum + linesBetween(a, fromA, toA), 0),
  };
}
