const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Of two cells in terminals (Unicode Standard Annex 11), as far as scripts say it. */
const WIDE =
  /\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
const PLAIN = /^[\x20-\x7e]*$/;

/** How many cells of a terminal a line of text takes. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  return [...graphemes.segment(text)].reduce((sum, { segment }) => sum + cells(segment), 0);
}

/** No wider than that, with an ellipsis for what is left out. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let used = 1;
  for (const { segment } of graphemes.segment(text)) {
    used += cells(segment);
    if (used > width) break;
    kept += segment;
  }
  return `${kept}…`;
}

function cells(grapheme: string): number {
  return WIDE.test(grapheme) ? 2 : 1;
}
