import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModuleNames } from './module-names.ts';
import { onlyCode } from './only-code.ts';

/** A bundle may be long; what is longer than this is nobody's entry. */
const MAX_SOURCE = 4 * 1024 * 1024;
const MAX_SOURCES = 16 * 1024 * 1024;
/** Bounds for what a file may make the scan do twice. */
const MAX_WHOLE_EXPORTS = 16;
const MAX_LITERAL = 65_536;

/** The exported names of JavaScript and TypeScript files, ESM and CommonJS, by a scan of their text. */
export async function javaScriptNames(folder: string, files: readonly string[]): Promise<Map<string, ModuleNames>> {
  const found = new Map<string, ModuleNames>();
  let left = MAX_SOURCES;
  for (const file of files) {
    const path = join(folder, file);
    const { size } = await stat(path);
    if (size > Math.min(left, MAX_SOURCE)) {
      found.set(file, { defines: [], imports: [], problem: 'too long to look into' });
    } else {
      left -= size;
      found.set(file, exportedNames(await readFile(path, 'utf8')));
    }
  }
  return found;
}

const NAME = '[\\p{ID_Start}$_][\\p{ID_Continue}$\\u200c\\u200d]*';
const DECLARED = new RegExp(
  `\\bexport\\s+(?:async\\s+function|function|abstract\\s+class|class|const|let|var|enum)[\\s*]+(${NAME})`,
  'gu',
);
const LISTED = /\bexport\s*\{([^{}]*)\}(\s*from\b)?/gu;
const DEFAULT_EXPORT = /\bexport\s+default\b(?:\s*\{)?/gu;
const ASSIGNED = new RegExp(
  `(?<![.\\p{ID_Continue}$])(?:module\\s*\\.\\s*)?exports\\s*\\.\\s*(${NAME})\\s*=(?!=)`,
  'gu',
);
const ALL_ASSIGNED = /(?<![.\p{ID_Continue}$])module\s*\.\s*exports\s*=(?!=)\s*\{?/gu;

/** Names as an importer sees them; `default` for a default export and for `module.exports = …`. */
export function exportedNames(source: string): ModuleNames {
  const code = onlyCode(source);
  const defines = new Set<string>();
  const imports = new Set<string>();
  for (const [, name] of code.matchAll(DECLARED)) if (name !== undefined) defines.add(name);
  for (const [, name] of code.matchAll(ASSIGNED)) if (name !== undefined) defines.add(name);
  for (const [, list = '', from] of code.matchAll(LISTED)) {
    for (const name of exportedAs(list)) (from === undefined ? defines : imports).add(name);
  }
  const whole = [...code.matchAll(DEFAULT_EXPORT), ...code.matchAll(ALL_ASSIGNED)];
  for (const { 0: text, index } of whole.slice(0, MAX_WHOLE_EXPORTS)) {
    defines.add('default');
    if (text.endsWith('{')) for (const name of keysFrom(code, index + text.length)) defines.add(name);
  }
  return { defines: [...defines], imports: [...imports] };
}

/** `a, b as c, type D` → a, c. */
function exportedAs(list: string): string[] {
  return list
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '' && !/^type\s/.test(item))
    .map((item) => item.split(/\s+as\s+/).at(-1) ?? item);
}

const KEY = new RegExp(`^(?:async\\s+)?(?:\\*\\s*)?(${NAME})\\s*(?:[:(]|$)`, 'u');

/** The keys of the object literal whose brace has just been opened. */
function keysFrom(code: string, start: number): string[] {
  const literal = code.slice(start, start + MAX_LITERAL);
  const members: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < literal.length && depth >= 0; at++) {
    const character = literal.charAt(at);
    if ('{[('.includes(character)) depth++;
    if ('}])'.includes(character)) depth--;
    if (depth > 0 || (depth === 0 && character !== ',')) continue;
    members.push(literal.slice(from, at).trim());
    from = at + 1;
  }
  return members.flatMap((member) => KEY.exec(member)?.[1] ?? []);
}
