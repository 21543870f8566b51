import { hash } from 'node:crypto';
import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';

/** Inputs larger than this are refused as bad; so are results. */
export const MAX_TEXT_BYTES = 8 * 1024 * 1024;

export const TOO_LARGE = `larger than ${MAX_TEXT_BYTES / 1024 / 1024} MiB`;

/** The raw text of an input key; a sentence when it cannot be used; undefined when there is none. */
export type InputText = Buffer | string | undefined;

/** Rejects when Redis does not answer. */
export async function readInputText({ redis }: Context, key: string): Promise<InputText> {
  try {
    const text = await redis.getrangeBuffer(key, 0, MAX_TEXT_BYTES);
    if (text.length > MAX_TEXT_BYTES) return TOO_LARGE;
    return text.length === 0 ? undefined : text;
  } catch (error) {
    if (messageOf(error).startsWith('WRONGTYPE')) return 'not a string';
    throw error;
  }
}

/** Tells one text from the next, in a function's state. */
export function digestOf(text: Buffer): string {
  return hash('sha1', text, 'base64');
}
