import { parseAst } from 'vitest/node';

type Node = { type: string; start: number; [member: string]: unknown };

/** Attributes that are shown or read out, of elements and of our own components. */
const READ_OUT = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'hint',
  'label',
  'note',
  'placeholder',
  'question',
  'summary',
  'title',
  'verb',
]);
/** Members of plain objects by which words reach a page. */
const TOLD = new Set(['description', 'hint', 'label', 'note', 'question', 'summary', 'title', 'verb']);

/** Every string in a source of ours that a reader would see or hear as it stands there, with the line that it is in. */
export function visibleStrings(source: string, lang: 'ts' | 'tsx'): { line: number; text: string }[] {
  const found: { at: number; text: string }[] = [];
  visit(parseAst(source, { lang }));
  return found
    .sort((a, b) => a.at - b.at)
    .map(({ at, text }) => ({ line: source.slice(0, at).split('\n').length, text }));

  function visit(value: unknown): void {
    if (Array.isArray(value)) for (const each of value) visit(each);
    if (!isNode(value)) return;
    const isSkipped = value.type === 'JSXElement' && isNeverTranslated(value);
    if (value.type === 'JSXText') note(value, value.value);
    if (value.type === 'JSXElement' || value.type === 'JSXFragment') if (!isSkipped) list(value.children).forEach(say);
    if (value.type === 'JSXAttribute' && READ_OUT.has(nameOf(value.name))) say(value.value);
    if (value.type === 'Property' && TOLD.has(nameOf(value.key))) say(value.value);
    for (const each of isSkipped ? [value.openingElement] : Object.values(value)) visit(each);
  }

  /** What an expression comes to, as far as it is written there. */
  function say(value: unknown): void {
    if (!isNode(value)) return;
    const { type } = value;
    if (type === 'Literal') note(value, value.value);
    else if (type === 'TemplateLiteral') for (const quasi of list(value.quasis)) note(quasi, cookedOf(quasi));
    else if (type === 'JSXExpressionContainer') say(value.expression);
    else if (type === 'ConditionalExpression') [value.consequent, value.alternate].forEach(say);
    else if (type === 'LogicalExpression' || type === 'BinaryExpression') {
      if (['+', '&&', '||', '??'].includes(`${value.operator}`)) [value.left, value.right].forEach(say);
    } else if (type === 'TSAsExpression' || type === 'ParenthesizedExpression') say(value.expression);
  }

  function note(node: unknown, text: unknown): void {
    if (isNode(node) && typeof text === 'string' && /\p{L}/u.test(text))
      found.push({ at: node.start + text.search(/\S/), text: text.trim() });
  }
}

function isNeverTranslated({ openingElement }: Node): boolean {
  if (!isNode(openingElement)) return false;
  return list(openingElement.attributes).some(
    (each) => isNode(each) && nameOf(each.name) === 'translate' && isNode(each.value) && each.value.value === 'no',
  );
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function nameOf(value: unknown): string {
  if (!isNode(value)) return '';
  return typeof value.name === 'string' ? value.name : typeof value.value === 'string' ? value.value : '';
}

function cookedOf(quasi: unknown): unknown {
  const value = isNode(quasi) ? quasi.value : null;
  return typeof value === 'object' && value !== null && 'cooked' in value ? value.cooked : null;
}
