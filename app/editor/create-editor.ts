import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import type { Language as Tongue } from '../language/languages.ts';
import { changedLines, countChanged, setBase } from './changed-lines.ts';
import { cspNonce } from './csp-nonce.ts';
import { finding } from './find-panel.ts';
import { highlighting } from './highlight.ts';
import { type EditedLanguage, languageExtension } from './languages.ts';
import { measureLines } from './measure-lines.ts';
import { type LineProblem, problemLine, setProblem } from './problem-line.ts';
import { editorPhrases } from './words.ts';

/** On a change that the page has made, and so knows of. */
const byThePage = Annotation.define<boolean>();

export type EditorEvents = {
  typed(text: string): void;
  /** How many lines differ from the base. */
  counted(changedLines: number): void;
  moved(line: number, column: number): void;
  /** Ctrl-Enter, or Cmd-Enter on a Mac. */
  submitted(): void;
};

type Order = {
  parent: HTMLElement;
  text: string;
  /** What its lines are compared with; null for nothing. */
  base: string | null;
  language: EditedLanguage;
  /** The reader's. */
  tongue: Tongue;
  label: string;
  /** Id of the element that says how the keyboard leaves the editor. */
  describedBy: string;
  on: EditorEvents;
};

export type Editor = Awaited<ReturnType<typeof createEditor>>;

/** A code editor in the page. Tab indents; Escape and then Tab leave it, as CodeMirror has it. */
export async function createEditor({ parent, text, base, language, tongue, label, describedBy, on }: Order) {
  const grammar = new Compartment();
  const spoken = new Compartment();
  const inTongue = (name: string, own: Tongue): Extension => [
    EditorState.phrases.of(editorPhrases[own]),
    EditorView.contentAttributes.of({ 'aria-label': name, 'aria-describedby': describedBy, tabindex: '0' }),
  ];
  const submit = () => {
    on.submitted();
    return true;
  };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        cspNonce(),
        lineNumbers(),
        base === null ? [] : changedLines,
        history(),
        indentOnInput(),
        bracketMatching(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        highlighting,
        problemLine,
        finding,
        EditorState.tabSize.of(4),
        spoken.of(inTongue(label, tongue)),
        grammar.of(await languageExtension(language)),
        keymap.of([{ key: 'Mod-Enter', run: submit }, indentWithTab, ...historyKeymap, ...defaultKeymap]),
        EditorView.updateListener.of(({ docChanged, selectionSet, transactions, state }) => {
          const isRebased = transactions.some(({ effects }) => effects.some((effect) => effect.is(setBase)));
          if (base !== null && (docChanged || isRebased)) on.counted(countChanged(state));
          if (docChanged && !transactions.some((transaction) => transaction.annotation(byThePage))) {
            on.typed(state.doc.toString());
          }
          if (!selectionSet && !docChanged) return;
          const { head } = state.selection.main;
          const line = state.doc.lineAt(head);
          on.moved(line.number, head - line.from + 1);
        }),
      ],
    }),
  });
  if (base !== null) view.dispatch({ effects: setBase.of(base) });
  measureLines(view);
  return {
    /** Replaces all of it; the history keeps what was there. */
    replace(next: string): void {
      if (next !== view.state.doc.toString())
        view.dispatch({
          changes: { from: 0, to: view.state.doc.length, insert: next },
          effects: setProblem.of(null),
          annotations: byThePage.of(true),
        });
    },
    compareWith(next: string): void {
      view.dispatch({ effects: setBase.of(next) });
    },
    /** The reader has chosen another language. */
    translate(name: string, own: Tongue): void {
      view.dispatch({ effects: spoken.reconfigure(inTongue(name, own)) });
    },
    async speak(next: EditedLanguage): Promise<void> {
      view.dispatch({ effects: grammar.reconfigure(await languageExtension(next)) });
    },
    /** Marks the line that failed and goes there; null takes the mark away. */
    mark(problem: LineProblem | null): void {
      view.dispatch({ effects: setProblem.of(problem) });
      if (problem === null || problem.line > view.state.doc.lines) return;
      const { from } = view.state.doc.line(problem.line);
      view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
      view.focus();
    },
    destroy(): void {
      view.destroy();
    },
  };
}
