/** A sentence of the document, in which names stand between backticks. */
export function Prose({ text }: { text: string }) {
  return text.split('`').map((piece, index) =>
    index % 2 === 0 ? (
      piece
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a sentence have no other identity, and never move.
      <code key={index}>{piece}</code>
    ),
  );
}
