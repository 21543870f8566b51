const MOST_CHARACTERS = 80;
/** Looked at: what has nothing to say within it says nothing. */
const LOOKED_AT = 4_096;

/** The first line of a script that is neither blank nor names its interpreter, by which people tell it from others. */
export function firstLineOf(code: string): string {
  const lines = code.slice(0, LOOKED_AT).split(/\r?\n|\r/);
  const line = lines.map((each) => each.trim()).find((each) => each !== '' && !each.startsWith('#!')) ?? '';
  return [...line].slice(0, MOST_CHARACTERS).join('');
}
