import { Chunk } from '@codemirror/merge';
import { type EditorState, type Extension, RangeSet, StateEffect, StateField, Text } from '@codemirror/state';
import { GutterMarker, gutter } from '@codemirror/view';

/** Beyond this the differences of two texts are told less exactly, so that typing never waits for them. */
const DIFF = { scanLimit: 500, timeout: 100 };

export const setBase = StateEffect.define<string>();

type Compared = { base: Text; chunks: readonly Chunk[] };

const compared = StateField.define<Compared>({
  create: (state) => ({ base: state.doc, chunks: [] }),
  update(value, { effects, docChanged, newDoc, changes }) {
    const based = effects.find((effect) => effect.is(setBase));
    if (based !== undefined) {
      const base = Text.of(based.value.split('\n'));
      return { base, chunks: Chunk.build(base, newDoc, DIFF) };
    }
    if (!docChanged) return value;
    return { ...value, chunks: Chunk.updateB(value.chunks, value.base, newDoc, changes, DIFF) };
  },
});

class Mark extends GutterMarker {
  override readonly elementClass: string;

  constructor(elementClass: string) {
    super();
    this.elementClass = elementClass;
  }
}
const changed = new Mark('changed');
const removed = new Mark('removed');

/** A bar beside every line that differs from the base, and a notch where lines were taken out. */
export const changedLines: Extension = [
  compared,
  gutter({
    class: 'cm-changes',
    markers: ({ state }) => {
      const marks = state.field(compared).chunks.flatMap(({ fromB, toB, endB }) => {
        if (fromB === toB) return [removed.range(state.doc.lineAt(Math.min(fromB, state.doc.length)).from)];
        const first = state.doc.lineAt(fromB).number;
        const last = state.doc.lineAt(Math.min(endB, state.doc.length)).number;
        return Array.from({ length: last - first + 1 }, (_, index) =>
          changed.range(state.doc.line(first + index).from),
        );
      });
      return RangeSet.of(marks, true);
    },
  }),
];

/** How many lines differ: of each change, those of the longer side. */
export function countChanged(state: EditorState): number {
  const { base, chunks } = state.field(compared);
  const sizes = chunks.map(({ fromA, toA, fromB, toB }) =>
    Math.max(linesBetween(base, fromA, toA), linesBetween(state.doc, fromB, toB)),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** `to` is one past the end of a line, or where the range is empty the same as `from`. */
export function linesBetween(doc: Text, from: number, to: number): number {
  if (from === to) return 0;
  return doc.lineAt(Math.min(to - 1, doc.length)).number - doc.lineAt(from).number + 1;
}
