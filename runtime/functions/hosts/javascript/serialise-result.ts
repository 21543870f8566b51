/** The handler's result cannot be written as JSON; the message names the path. */
export class BadResult extends Error {}

const MAX_DEPTH = 900;

/**
 * The text that goes to the output key; empty for a falsy result, which is not written. What JSON.stringify would
 * silently change is either kept exact (bigints, −0) or refused by path (NaN, Map, Set, functions, cycles).
 */
export function serialiseResult(output: unknown, maxBytes: number): string {
  if (!output) return '';
  if (typeof output !== 'object' || !isPlain(output))
    throw new BadResult(`${kindOf(output)} at $, where an object is expected`);
  const text = write(output, '$', []);
  if (text === '{}') return '';
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) throw new BadResult(`${bytes} bytes of JSON at $, more than ${maxBytes}`);
  return text;
}

function write(value: unknown, path: string, above: readonly object[]): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new BadResult(`${value} at ${path}`);
      return Object.is(value, -0) ? '-0.0' : String(value);
    case 'bigint':
      return String(value);
    case 'boolean':
      return String(value);
    case 'object':
      return value === null ? 'null' : writeObject(value, path, above);
    default:
      throw new BadResult(`${kindOf(value)} at ${path}`);
  }
}

function writeObject(value: object, path: string, above: readonly object[]): string {
  if (above.includes(value)) throw new BadResult(`a reference to itself at ${path}`);
  if (above.length > MAX_DEPTH) throw new BadResult(`nested too deeply at ${path.split('.').slice(0, 8).join('.')}…`);
  const inner = [...above, value];
  // A Buffer has a toJSON, but nobody means what it makes.
  if (Buffer.isBuffer(value)) throw new BadResult(`${kindOf(value)} at ${path}`);
  if ('toJSON' in value && typeof value.toJSON === 'function') return write(value.toJSON(''), path, inner);
  if (Array.isArray(value) || isNumberArray(value)) {
    return `[${Array.from(value, (item, index) => (item === undefined ? 'null' : write(item, `${path}.${index}`, inner))).join(',')}]`;
  }
  if (!isPlain(value)) throw new BadResult(`${kindOf(value)} at ${path}`);
  const members = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => `${JSON.stringify(key)}:${write(item, `${path}.${key}`, inner)}`);
  return `{${members.join(',')}}`;
}

function isNumberArray(value: object): value is Iterable<number | bigint> & object {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** Also instances of the user's own classes; not the built-in containers, whose content JSON would lose. */
function isPlain(value: object): boolean {
  return Object.prototype.toString.call(value) === '[object Object]' && !(value instanceof WeakRef);
}

function kindOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `a ${typeof value}`;
  return `a ${value.constructor?.name ?? 'object'}`;
}
