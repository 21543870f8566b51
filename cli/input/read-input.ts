import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { EXIT } from '../exit-codes.ts';
import { Failure, UsageError } from '../failure.ts';

export const STDIN = '-';

/** The text of a file, or of standard input when it is called `-`. */
export async function readText(file: string): Promise<string> {
  if (file === STDIN) return await text(process.stdin);
  const bytes = await readBytes(file);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UsageError(`${file} is not text in UTF-8`);
  }
}

export async function readBytes(file: string): Promise<Buffer<ArrayBuffer>> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new Failure(EXIT.notFound, `${file} cannot be read: ${whyNot(cause)}`, { cause });
  }
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'you may not',
  EISDIR: 'it is a folder',
};

function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? String(error);
}
