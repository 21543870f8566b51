import { ScrollRegion } from '../ui/scroll-region.tsx';

/** Lines that are shown before the editor is there; more would only be waited for. */
const FIRST = 400;

/** Code as the editor will show it, for the time until it is there and for readers without JavaScript. */
export function CodeLines({ label, text }: { label: string; text: string }) {
  const lines = text.split('\n').slice(0, FIRST);
  return (
    <ScrollRegion className="code-lines" label={label}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a text have no other identity, and never move.
        <div key={index}>{line === '' ? ' ' : line}</div>
      ))}
    </ScrollRegion>
  );
}
