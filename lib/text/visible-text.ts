/**
 * What acts instead of being seen: control characters, with them the beginnings of ANSI and OSC sequences, and what turns
 * the direction of text, breaks lines without looking like it, or takes no room.
 */
export const UNSEEN = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/gu;

/** Text of somebody else's in which nothing acts: `\x1b` in place of an escape character. Tabs and line ends stay. */
export function visibleText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(UNSEEN, (each) => (each === '\n' || each === '\t' ? each : escapeOf(each)));
}

const SHORT: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** How a program would write one of them. */
export function escapeOf(character: string): string {
  const code = character.charCodeAt(0);
  return SHORT[character] ?? (code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`);
}

function hex(code: number, length: number): string {
  return code.toString(16).padStart(length, '0');
}
