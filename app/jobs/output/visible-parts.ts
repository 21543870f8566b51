import { escapeOf, UNSEEN, visibleText } from '#lib/text/visible-text';

/** Stretches of what is not seen; lines and tabs are. In a group, so that a split keeps them at every second place. */
const STRETCH = new RegExp(`((?:(?![\\n\\t])${UNSEEN.source})+)`, 'u');

/** More of them, and each would be an element of its own: they are only written then. */
const MOST_PARTS = 400;

type Part = { text: string; isEscaped: boolean };

/** A text in parts, in which nothing acts: what cannot be seen is written as in a program, `\x1b`. */
export function visibleParts(text: string): Part[] {
  const parts = text.replaceAll('\r\n', '\n').split(STRETCH);
  if (parts.length > MOST_PARTS) return [{ text: visibleText(text), isEscaped: false }];
  return parts
    .map((part, index) =>
      index % 2 === 0 ? { text: part, isEscaped: false } : { text: escaped(part), isEscaped: true },
    )
    .filter((part) => part.text !== '');
}

function escaped(stretch: string): string {
  return Array.from(stretch, escapeOf).join('');
}
