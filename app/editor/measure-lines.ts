import type { EditorView } from '@codemirror/view';

/**
 * Makes the editor measure its lines now. CodeMirror only guesses their height while an editor is outside of the window,
 * and its line numbers would then not stand beside their lines; so its parent is in the window for as long as that takes.
 */
export function measureLines(view: EditorView): void {
  const { parentElement } = view.dom;
  parentElement?.classList.add('in-window');
  view.coordsAtPos(0);
  parentElement?.classList.remove('in-window');
}
