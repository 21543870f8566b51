/** A piece of JSON text as it was written; `space` is the only thing that indenting adds or takes away. */
type JsonToken = { kind: 'key' | 'string' | 'number' | 'word' | 'mark' | 'space'; text: string };

// Python also writes NaN and Infinity, and whatever is none of JSON's own tokens stays as it is.
const TOKEN = /"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s"{}[\],:]+/gs;
const NUMBER = /^-?(?:\d|Infinity$|NaN$)/;
const STEP = '  ';
/** Steps beyond which nothing is indented further: a text of brackets alone would be mostly space. */
const MAX_STEPS = 60;

/**
 * Indents JSON without reading its values: `20.0` stays `20.0`, a big integer keeps its digits and a key that appears
 * twice appears twice.
 */
export function indentJson(text: string): JsonToken[] {
  const found = text.match(TOKEN) ?? [];
  const tokens: JsonToken[] = [];
  let depth = 0;
  const newLine = () => tokens.push({ kind: 'space', text: `\n${STEP.repeat(Math.min(depth, MAX_STEPS))}` });
  for (const [index, token] of found.entries()) {
    const next = found[index + 1];
    if (token === '{' || token === '[') {
      tokens.push({ kind: 'mark', text: token });
      if (next === '}' || next === ']') continue;
      depth += 1;
      newLine();
    } else if (token === '}' || token === ']') {
      const opened = found[index - 1];
      if (opened !== '{' && opened !== '[') {
        depth = Math.max(0, depth - 1);
        newLine();
      }
      tokens.push({ kind: 'mark', text: token });
    } else if (token === ',') {
      tokens.push({ kind: 'mark', text: token });
      newLine();
    } else if (token === ':') tokens.push({ kind: 'mark', text: token }, { kind: 'space', text: ' ' });
    else tokens.push({ kind: kindOf(token, next), text: token });
  }
  return tokens;
}

function kindOf(token: string, next: string | undefined): JsonToken['kind'] {
  if (token.startsWith('"')) return next === ':' ? 'key' : 'string';
  return NUMBER.test(token) ? 'number' : 'word';
}

type JsonRow = { name: string; value: string };

/** The values in a JSON object as they were written, each under its dotted name. */
export function jsonRows(text: string): JsonRow[] {
  const found = text.match(TOKEN) ?? [];
  const rows: JsonRow[] = [];
  const path: (string | number)[] = [];
  for (const [index, token] of found.entries()) {
    const last = path.length - 1;
    const here = path[last];
    if (token === '{') path.push('');
    else if (token === '[') path.push(0);
    else if (token === '}' || token === ']') path.pop();
    else if (token === ',') {
      if (typeof here === 'number') path[last] = here + 1;
    } else if (token === ':') continue;
    else if (found[index + 1] === ':') path[last] = unquoted(token);
    else rows.push({ name: path.join('.'), value: unquoted(token) });
  }
  return rows;
}

function unquoted(token: string): string {
  if (!token.startsWith('"')) return token;
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
}
