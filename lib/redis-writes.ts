import type { Context } from './context.ts';
import { messageOf } from './errors.ts';
import type { WriteRefusal } from './schemas/live.ts';

/** How Redis begins what it says, also in the middle of what it says of a script. */
const CODES: Readonly<Record<string, WriteRefusal>> = {
  OOM: 'memory',
  MISCONF: 'disk',
  READONLY: 'replica',
  NOREPLICAS: 'replicas',
};
const CODE = new RegExp(`(?:^|-)(${Object.keys(CODES).join('|')}) `);

const WORDS: Readonly<Record<WriteRefusal, string>> = {
  memory: 'its memory is full',
  disk: 'it cannot write to its disk',
  replica: 'it is a replica, which can only be read',
  replicas: 'too few replicas follow it',
};

/** Why a Redis that answers did not take a write; null for any other error. */
export function writeRefusalOf(thrown: unknown): WriteRefusal | null {
  return CODES[CODE.exec(messageOf(thrown))?.[1] ?? ''] ?? null;
}

/** A sentence for people. */
export const inWords = (refusal: WriteRefusal): string => `Redis takes no writes: ${WORDS[refusal]}`;

/**
 * Why Redis would not take a write now, or null if it would; rejects when it does not answer. What is asked is a write that does
 * nothing, as there is no such key: Redis decides by the command, and neither its disk nor its replicas hear of it.
 */
export async function askForWrites({ redis, keys }: Context): Promise<WriteRefusal | null> {
  try {
    await redis.lpushx(keys.never, '');
    return null;
  } catch (error) {
    const refusal = writeRefusalOf(error);
    if (refusal === null) throw error;
    return refusal;
  }
}
