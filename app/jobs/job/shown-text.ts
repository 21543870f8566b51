/** What is sent with the page of a text that may be 1 MiB long, and of how many lines that is more than anybody reads. */
const MOST_CHARACTERS = 64 * 1024;
const MOST_LINES = 2_000;

export type ShownText = {
  lines: readonly string[];
  /** Lines that are left out; null when a line is cut. */
  left: number | null;
};

/** The beginning of a text, as a page shows it. */
export function shownText(text: string): ShownText {
  const all = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  const lines: string[] = [];
  let characters = 0;
  for (const line of all.slice(0, MOST_LINES)) {
    if (characters + line.length > MOST_CHARACTERS) {
      if (lines.length > 0) break;
      return { lines: [line.slice(0, MOST_CHARACTERS)], left: null };
    }
    lines.push(line);
    characters += line.length + 1;
  }
  return { lines, left: all.length - lines.length };
}
