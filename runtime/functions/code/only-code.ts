const TAIL = 64;
/** Words after which a slash starts a regular expression, not a division. */
const BEFORE_EXPRESSION =
  /(?:^|[^\p{ID_Continue}$.])(?:return|typeof|case|in|of|do|else|void|delete|throw|new|await|yield)$/u;

/** What needs no second look, taken in one step. */
const PLAIN = /[^"'`/{}]+/y;

/**
 * JavaScript or TypeScript with everything that is not code blanked: comments, strings, regular expressions and the text
 * of templates. Linear in the length of the source, whatever a stranger has written.
 */
export function onlyCode(source: string): string {
  const pieces: string[] = [];
  /** The end of the code so far: what a slash means depends on it. */
  let before = '';
  /** For each open template expression, the depth of braces at which it ends. */
  const templates: number[] = [];
  let depth = 0;
  let at = 0;
  const blank = (end: number) => {
    pieces.push(source.slice(at, end).replace(/[^\n]+/g, ' '));
    at = end;
  };
  const keep = (text: string) => {
    pieces.push(text);
    if (/\S/.test(text)) before = `${before}${text}`.trimEnd().slice(-TAIL);
    at += text.length;
  };
  while (at < source.length) {
    PLAIN.lastIndex = at;
    const plain = PLAIN.exec(source)?.[0];
    const character = source.charAt(at);
    if (plain !== undefined) keep(plain);
    else if (source.startsWith('//', at)) blank(behind(source, '\n', at));
    else if (source.startsWith('/*', at)) blank(behind(source, '*/', at + 2));
    else if (character === '"' || character === "'") {
      blank(endOfString(source, at + 1, character));
      before = `${before}"`.slice(-TAIL);
    } else if (character === '`' || (character === '}' && templates.at(-1) === depth)) {
      if (character === '}') templates.pop();
      const end = endOfTemplateText(source, at + 1);
      const opens = end - 2 > at && source.startsWith('${', end - 2);
      blank(end);
      if (opens) templates.push(depth);
      before = `${before}${opens ? '(' : '"'}`.slice(-TAIL);
    } else if (character === '/' && startsExpression(before)) {
      blank(endOfRegExp(source, at + 1));
      before = `${before}"`.slice(-TAIL);
    } else {
      if (character === '{') depth++;
      if (character === '}') depth--;
      keep(character);
    }
  }
  return pieces.join('');
}

function behind(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from);
  return found === -1 ? source.length : found + mark.length;
}

function endOfString(source: string, from: number, quote: string): number {
  for (let at = from; at < source.length; at++) {
    const character = source.charAt(at);
    if (character === '\\') at++;
    else if (character === quote || character === '\n') return at + 1;
  }
  return source.length;
}

/** Behind the closing backtick, or behind the `${` of an expression. */
function endOfTemplateText(source: string, from: number): number {
  for (let at = from; at < source.length; at++) {
    const character = source.charAt(at);
    if (character === '\\') at++;
    else if (character === '`') return at + 1;
    else if (source.startsWith('${', at)) return at + 2;
  }
  return source.length;
}

function endOfRegExp(source: string, from: number): number {
  let inClass = false;
  for (let at = from; at < source.length; at++) {
    const character = source.charAt(at);
    if (character === '\n') return at;
    if (character === '\\') at++;
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (character === '/' && !inClass) return at + 1;
  }
  return source.length;
}

/** Whether what stands before a slash cannot be divided. */
function startsExpression(before: string): boolean {
  const last = before.at(-1);
  return last === undefined || '(,=:[!&|?{};+-*%~^<>'.includes(last) || BEFORE_EXPRESSION.test(before);
}
