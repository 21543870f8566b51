/** Lines that are shown before the editor is there; more would only be waited for. */
const FIRST = 400;

/** Code as the editor will show it, for the time until it is there and for readers without JavaScript. */
export function CodeLines({ label, text }: { label: string; text: string }) {
  const lines = text.split('\n').slice(0, FIRST);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it must be reached to be scrolled.
    <section className="code-lines" tabIndex={0} aria-label={label}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a text have no other identity, and never move.
        <div key={index}>{line === '' ? ' ' : line}</div>
      ))}
    </section>
  );
}
