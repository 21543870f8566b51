/** Bounds that keep a strange result from becoming a strange page. */
export const MAX_SERIES = 1024;
const MAX_DEPTH = 12;

/**
 * Every finite number in a result, by its dotted name: `{cpus: {"cpu-0": 3}}` gives `cpus.cpu-0 → 3`.
 * Text, booleans and nulls are not series.
 */
export function flattenNumbers(result: unknown): Map<string, number> {
  const found = new Map<string, number>();
  visit(result, '', 0, found);
  return found;
}

function visit(value: unknown, name: string, depth: number, found: Map<string, number>): void {
  if (found.size >= MAX_SERIES || depth > MAX_DEPTH) return;
  if (typeof value === 'number') {
    if (Number.isFinite(value) && name !== '') found.set(name, value);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value))
    visit(inner, name === '' ? key : `${name}.${key}`, depth + 1, found);
}

/** The numbers of a result's text; none when it is not JSON. */
export function numbersIn(text: string): Map<string, number> {
  try {
    return flattenNumbers(JSON.parse(text));
  } catch {
    return new Map();
  }
}
