import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import type { Config } from '#lib/config';
import type { Language } from '#lib/schemas/function';

/** Where the reference runtime's manifests mount the function. */
const MOUNTED_PATH = '/opt/usermodule.py';
const BUILT_IN_PATH = join(import.meta.dirname, 'builtin', 'machine-metrics.ts');

/** One function, ready to be loaded: settings and the file to import. */
export type Definition = {
  name: string;
  language: Language;
  /** As people recognise it: "built in", the file's path, or "PYFILE". */
  source: string;
  path: string;
  version: string;
  handler: string;
  inputKey: string;
  outputKey: string;
  periodMs: number;
  timeoutMs: number;
  invoke: 'tick' | 'change';
};

/** What the environment declares: a mounted file, inline source, or the built-in function. */
export async function declaredFunction(config: Config): Promise<Definition> {
  const { name, inputKey, outputKey, periodMs, timeoutMs, invoke, handler } = config.function;
  const code = await locateCode(config);
  const version = createHash('sha256')
    .update(await readFile(code.path))
    .digest('hex')
    .slice(0, 7);
  const settings = { name, inputKey, outputKey, periodMs, timeoutMs, invoke };
  return { ...settings, ...code, version, handler: code.source === 'built in' ? 'handler' : handler };
}

type Code = Pick<Definition, 'language' | 'source' | 'path'>;

async function locateCode(config: Config): Promise<Code> {
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
  if (existsSync(MOUNTED_PATH)) return { path: MOUNTED_PATH, source: MOUNTED_PATH, language: 'python' };
  return { path: BUILT_IN_PATH, source: 'built in', language: 'typescript' };
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
