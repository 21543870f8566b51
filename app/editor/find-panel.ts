import { type EditorState, type Extension, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  type KeyBinding,
  keymap,
  type Panel,
  showPanel,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';

/** Text that is looked for; null while nothing is. */
type Sought = string | null;

const seek = StateEffect.define<Sought>();

const sought = StateField.define<Sought>({
  create: () => null,
  update: (value, { effects }) => {
    const told = effects.findLast((effect) => effect.is(seek));
    return told === undefined ? value : told.value;
  },
  provide: (field) => showPanel.from(field, (value) => (value === null ? null : findPanel)),
});

type Match = { from: number; to: number };

/** Beyond this many the number of matches says nothing any more. */
const MOST = 1_000;

function matchesIn(state: EditorState): Match[] {
  const needle = state.field(sought)?.toLowerCase() ?? '';
  if (needle === '') return [];
  const text = state.doc.toString().toLowerCase();
  const found: Match[] = [];
  for (let at = text.indexOf(needle); at >= 0 && found.length < MOST; at = text.indexOf(needle, at + needle.length))
    found.push({ from: at, to: at + needle.length });
  return found;
}

function step(view: EditorView, forward: boolean): boolean {
  const matches = matchesIn(view.state);
  const { from, to } = view.state.selection.main;
  const next = forward
    ? (matches.find((match) => match.from >= to) ?? matches[0])
    : (matches.findLast((match) => match.to <= from) ?? matches.at(-1));
  if (next === undefined) return false;
  view.dispatch({
    selection: { anchor: next.from, head: next.to },
    effects: EditorView.scrollIntoView(next.from, { y: 'center' }),
  });
  return true;
}

function close(view: EditorView): boolean {
  if (view.state.field(sought) === null) return false;
  view.dispatch({ effects: seek.of(null) });
  view.focus();
  return true;
}

function open(view: EditorView): boolean {
  const { from, to } = view.state.selection.main;
  const selected = view.state.sliceDoc(from, Math.min(to, from + 200));
  view.dispatch({ effects: seek.of(selected.includes('\n') ? '' : selected) });
  view.dom.querySelector<HTMLInputElement>('.cm-find input')?.select();
  return true;
}

function findPanel(view: EditorView): Panel {
  const { state } = view;
  const dom = document.createElement('search');
  dom.className = 'cm-find';
  const input = document.createElement('input');
  input.className = 'in';
  input.setAttribute('aria-label', state.phrase('Find in the code'));
  input.placeholder = state.phrase('Find');
  input.value = state.field(sought) ?? '';
  const count = document.createElement('span');
  count.className = 'small dim';
  count.setAttribute('role', 'status');
  const show = () => {
    const found = matchesIn(view.state);
    const { from } = view.state.selection.main;
    const here = found.findIndex((match) => match.from === from) + 1;
    const all = found.length === MOST ? `${MOST}+` : `${found.length}`;
    count.textContent = input.value === '' ? '' : here > 0 ? state.phrase('$1 of $2', here, all) : all;
  };
  input.addEventListener('input', () => {
    view.dispatch({ effects: seek.of(input.value), selection: { anchor: view.state.selection.main.from } });
    step(view, true);
    show();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close(view);
    else if (event.key === 'Enter') step(view, !event.shiftKey);
    else return;
    event.preventDefault();
  });
  const button = (label: string, work: () => void) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'btn quiet';
    made.textContent = label;
    made.addEventListener('click', work);
    return made;
  };
  dom.append(
    input,
    count,
    button(state.phrase('Previous'), () => step(view, false)),
    button(state.phrase('Next'), () => step(view, true)),
    button(state.phrase('Close'), () => close(view)),
  );
  return { dom, top: true, mount: () => input.select(), update: show };
}

const match = Decoration.mark({ class: 'cm-match' });

const marks = ViewPlugin.fromClass(
  class {
    decorations = Decoration.none;

    update({ docChanged, state, startState }: ViewUpdate): void {
      if (!docChanged && state.field(sought) === startState.field(sought)) return;
      this.decorations = Decoration.set(matchesIn(state).map(({ from, to }) => match.range(from, to)));
    }
  },
  { decorations: ({ decorations }) => decorations },
);

const keys: readonly KeyBinding[] = [
  { key: 'Mod-f', run: open },
  { key: 'F3', run: (view) => step(view, true), shift: (view) => step(view, false) },
  { key: 'Escape', run: close },
];

/** Finding text in an editor that renders only the lines in view, where the browser's own search sees no others. */
export const finding: Extension = [sought, marks, keymap.of(keys)];
