import { memo } from 'react';
import { indentJson } from '../format/json-text.ts';

/** Longer texts are shown without colours: each coloured piece is an element. */
const COLOURED = 20_000;

const CLASS = { key: 'key-t', string: 'string', number: 'number', word: 'word' } as const;

/** JSON as it was written, only indented. */
export const JsonText = memo(function JsonText({ text }: { text: string }) {
  const tokens = indentJson(text);
  if (text.length > COLOURED)
    return (
      <pre className="json" translate="no">
        {tokens.map((token) => token.text).join('')}
      </pre>
    );
  return (
    <pre className="json" translate="no">
      {tokens.map(({ kind, text: piece }, index) =>
        kind === 'mark' || kind === 'space' ? (
          piece
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text have no other identity, and never move.
          <span key={index} className={CLASS[kind]}>
            {piece}
          </span>
        ),
      )}
    </pre>
  );
});
