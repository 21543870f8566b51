import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import type { DeclaredFunction } from '#lib/config';
import type { Language } from '#lib/schemas/function';

/** Where the reference runtime's manifests mount the function. */
const MOUNTED_PATH = '/opt/usermodule.py';

const ENDINGS = { python: '.py', javascript: '.mjs', typescript: '.mts' } as const satisfies Record<Language, string>;

/** Code in a single file that the environment declares. */
export type SingleFile =
  /** On this machine, where it may change at any time. */
  | { path: string; source: string; language: Language }
  /** In a variable. */
  | { text: string; source: string; language: Language };

/** Null when the environment declares none; throws when it declares one that is not there. */
export function singleFile({ path, inline, language }: DeclaredFunction): SingleFile | null {
  if (path !== undefined) {
    const file = resolve(path);
    if (!existsSync(file)) throw new Error(`FUNCTION_PATH is ${path}, but there is no such file`);
    return { path: file, source: path, language: language ?? languageOf(file) };
  }
  if (inline !== undefined) return { text: inline, source: 'PYFILE', language: language ?? 'python' };
  return existsSync(MOUNTED_PATH) ? { path: MOUNTED_PATH, source: MOUNTED_PATH, language: 'python' } : null;
}

function languageOf(file: string): Language {
  const ending = extname(file).toLowerCase();
  if (ending === '.py') return 'python';
  if (['.js', '.mjs', '.cjs'].includes(ending)) return 'javascript';
  if (['.ts', '.mts', '.cts'].includes(ending)) return 'typescript';
  throw new Error(`FUNCTION_PATH is ${basename(file)}: its ending tells no language; set FUNCTION_LANGUAGE`);
}

/** What the file holds now. */
export async function contentOf(file: SingleFile): Promise<{ content: Buffer; fileName: string }> {
  if ('text' in file)
    return { content: Buffer.from(file.text, 'utf8'), fileName: `usermodule${ENDINGS[file.language]}` };
  return { content: await readFile(file.path), fileName: basename(file.path) };
}
