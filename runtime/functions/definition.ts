import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import type { Config } from '#lib/config';
import type { Language } from '#lib/schemas/function';
import type { PythonImports } from './hosts/protocol.ts';

/** Where the reference runtime's manifests mount the function. */
const MOUNTED_PATH = '/opt/usermodule.py';
const BUILT_IN_PATH = join(import.meta.dirname, 'builtin', 'machine-metrics.ts');

/** One version of some code, ready to be imported. */
export type Code = {
  language: Language;
  /** As people recognise it: "built in", the file's path, "PYFILE", or an archive and the file in it. */
  source: string;
  path: string;
  version: string;
  handler: string;
  imports?: PythonImports;
};

/** One function, ready to be loaded: settings and the file to import. */
export type Definition = Code & {
  name: string;
  inputKey: string;
  outputKey: string;
  periodMs: number;
  timeoutMs: number;
  invoke: 'tick' | 'change';
  isolation: 'own' | 'shared';
};

/** The function that the environment declares, with some version of its code. */
export function declaredFunction({ function: declared }: Config, code: Code): Definition {
  const { name, inputKey, outputKey, periodMs, timeoutMs, invoke, isolation } = declared;
  return { name, inputKey, outputKey, periodMs, timeoutMs, invoke, isolation, ...code };
}

/** Code in a single file that the environment declares: mounted or inline. Null when there is none. */
export async function singleFile(config: Config): Promise<Code | null> {
  const file = await locateFile(config);
  return file === null ? null : { ...file, version: await versionOf(file.path), handler: config.function.handler };
}

/** What runs when nothing is declared. */
export async function builtInCode(): Promise<Code> {
  const version = await versionOf(BUILT_IN_PATH);
  return { path: BUILT_IN_PATH, source: 'built in', language: 'typescript', version, handler: 'handler' };
}

async function versionOf(path: string): Promise<string> {
  return shortVersion(
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex'),
  );
}

/** As people see it. */
export const shortVersion = (sha256: string): string => sha256.slice(0, 7);

async function locateFile(config: Config): Promise<Pick<Code, 'language' | 'source' | 'path'> | null> {
  const { path, inline, language } = config.function;
  if (path !== undefined) {
    const file = resolve(path);
    if (!existsSync(file)) throw new Error(`FUNCTION_PATH is ${path}, but there is no such file`);
    return { path: file, source: path, language: language ?? languageOf(file) };
  }
  if (inline !== undefined) {
    const chosen = language ?? 'python';
    return { path: await keepInline(inline, chosen, config.home), source: 'PYFILE', language: chosen };
  }
  return existsSync(MOUNTED_PATH) ? { path: MOUNTED_PATH, source: MOUNTED_PATH, language: 'python' } : null;
}

function languageOf(file: string): Language {
  const ending = extname(file).toLowerCase();
  if (ending === '.py') return 'python';
  if (['.js', '.mjs', '.cjs'].includes(ending)) return 'javascript';
  if (['.ts', '.mts', '.cts'].includes(ending)) return 'typescript';
  throw new Error(`FUNCTION_PATH is ${basename(file)}: its ending tells no language; set FUNCTION_LANGUAGE`);
}

const ENDINGS = { python: '.py', javascript: '.mjs', typescript: '.mts' } as const satisfies Record<Language, string>;

/** Inline source becomes a content-addressed file, so that tracebacks and imports work as for any other. */
async function keepInline(source: string, language: Language, home: string): Promise<string> {
  const digest = createHash('sha256').update(source).digest('hex');
  const folder = join(home, 'code', digest);
  const file = join(folder, `usermodule${ENDINGS[language]}`);
  if (existsSync(file)) return file;
  await mkdir(folder, { recursive: true });
  await writeFile(`${file}.new`, source);
  await rename(`${file}.new`, file);
  return file;
}
