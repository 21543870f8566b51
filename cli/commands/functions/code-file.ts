import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { type Language, language as languageSchema } from '#lib/schemas/function';
import { EXIT } from '../../exit-codes.ts';
import { Failure, UsageError } from '../../failure.ts';
import { readBytes, readText, STDIN } from '../../input/read-input.ts';
import { archiveOf } from './archive-of.ts';

/** Code as the API takes it: the text of one file, the bytes of a zip archive, or where one is. */
export type Code =
  | { kind: 'text'; text: string; language: Language }
  | { kind: 'archive'; bytes: Buffer<ArrayBuffer> }
  | { kind: 'url'; url: string };

const BY_ENDING: Record<string, Language> = {
  '.py': 'python',
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
  '.ts': 'typescript',
  '.mts': 'typescript',
};

/** What a zip archive begins with, the second one without any entry. */
const ZIP = [Buffer.from('504b0304', 'hex'), Buffer.from('504b0506', 'hex')];

/** What a word of the command line means: an address, a folder, an archive, or a file of source text. */
export async function readCode(source: string, language: Language | undefined): Promise<Code> {
  if (/^https?:\/\//i.test(source)) return { kind: 'url', url: source };
  if (source === STDIN) return { kind: 'text', text: await readText(source), language: languageOf(source, language) };
  if (await isFolder(source)) return { kind: 'archive', bytes: await archiveOf(source) };
  const bytes = await readBytes(source);
  if (ZIP.some((magic) => magic.equals(bytes.subarray(0, 4)))) return { kind: 'archive', bytes };
  return { kind: 'text', text: await readText(source), language: languageOf(source, language) };
}

function languageOf(source: string, given: Language | undefined): Language {
  const language = given ?? BY_ENDING[extname(source).toLowerCase()];
  if (language !== undefined) return language;
  const choices = languageSchema.options.join(', ');
  throw new UsageError(`The language of ${source} cannot be told from its name: say --language (${choices})`);
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new Failure(EXIT.notFound, `${path} cannot be read: there is no such file or folder`, { cause });
  });
  return found.isDirectory();
}
