/**
 * What a terminal obeys: control characters, with them the beginnings of ANSI and OSC sequences, and what turns the
 * direction of text or breaks lines without looking like it.
 */
const OBEYED = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** Text of somebody else's, line by line: `\x1b` in place of an escape character. Tabs and line ends stay. */
export function neutralText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(OBEYED, (each) => (each === '\n' || each === '\t' ? each : escapeOf(each)));
}

/** The same for what is to stay in one line. */
export function neutralLine(text: string): string {
  return text.replaceAll(OBEYED, escapeOf);
}

/** The same value to whoever reads it as JSON, or as YAML within double quotes. */
export function neutralJson(json: string): string {
  return json.replaceAll(OBEYED, (each) => (each === '\n' ? each : `\\u${hex(each, 4)}`));
}

/** Whether there is anything to be neutralised, in a text of a single line. */
export function isNeutral(text: string): boolean {
  return text.search(OBEYED) === -1;
}

const SHORT: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeOf(character: string): string {
  const code = character.charCodeAt(0);
  return SHORT[character] ?? (code < 256 ? `\\x${hex(character, 2)}` : `\\u${hex(character, 4)}`);
}

function hex(character: string, length: number): string {
  return character.charCodeAt(0).toString(16).padStart(length, '0');
}
