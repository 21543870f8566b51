/** What would do something, or hide something, instead of being seen: controls, and what turns the direction of text. */
const UNSEEN = /((?:[^\P{Cc}\n\t]|[\p{Bidi_Control}\u2028\u2029\ufeff])+)/u;

/** More of them, and each would be an element of its own: they are only written then. */
const MOST_PARTS = 400;

export type Part = { text: string; isEscaped: boolean };

/** A text in parts, in which nothing acts: what cannot be seen is written as in a program, `\x1b`. */
export function visibleParts(text: string): Part[] {
  const parts = text.replaceAll('\r\n', '\n').split(UNSEEN);
  if (parts.length > MOST_PARTS) {
    return [{ text: parts.map((part, index) => (isUnseen(index) ? escaped(part) : part)).join(''), isEscaped: false }];
  }
  return parts
    .map((part, index) => ({ text: isUnseen(index) ? escaped(part) : part, isEscaped: isUnseen(index) }))
    .filter((part) => part.text !== '');
}

/** The same in one text, for where there is one line only. */
export function visible(text: string): string {
  return visibleParts(text)
    .map((part) => part.text)
    .join('');
}

/** What is split by a group in parentheses stands at every second place. */
const isUnseen = (index: number) => index % 2 === 1;

function escaped(text: string): string {
  return Array.from(text, (character) => {
    if (character === '\r') return '\\r';
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
  }).join('');
}
