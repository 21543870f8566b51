import { type Extension, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';

export type LineProblem = { line: number; message: string };

export const setProblem = StateEffect.define<LineProblem | null>();

class Message extends WidgetType {
  readonly #text: string;

  constructor(text: string) {
    super();
    this.#text = text;
  }

  override eq(other: Message): boolean {
    return other.#text === this.#text;
  }

  override toDOM(): HTMLElement {
    const message = document.createElement('div');
    message.className = 'cm-said';
    message.translate = false;
    message.textContent = this.#text;
    return message;
  }
}

const marked = Decoration.line({ class: 'cm-wrong', attributes: { 'aria-invalid': 'true' } });

/** The line that failed, with what was said of it below; it moves with the text until something else is known. */
export const problemLine: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, { effects, changes, newDoc }) {
    const told = effects.find((effect) => effect.is(setProblem));
    if (told === undefined) return decorations.map(changes);
    if (told.value === null || told.value.line > newDoc.lines) return Decoration.none;
    const line = newDoc.line(told.value.line);
    const below = Decoration.widget({ widget: new Message(told.value.message), block: true, side: 1 });
    return Decoration.set([marked.range(line.from), below.range(line.to)]);
  },
  provide: (field) => EditorView.decorations.from(field),
});
