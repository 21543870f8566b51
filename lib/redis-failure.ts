import { messageOf } from './errors.ts';
import { inWords, writeRefusalOf } from './redis-writes.ts';

const ACCESS = 'Redis does not let us: its rules of access are against it';

/** What Redis says while it cannot do what it is asked for, and will be able to without us being others. */
const NOT_NOW: Readonly<Record<string, string>> = {
  LOADING: 'Redis still reads its data',
  BUSY: 'Redis is busy with a script',
  MASTERDOWN: 'Redis is a replica that does not reach its master',
  CLUSTERDOWN: 'the cluster of Redis is down',
  TRYAGAIN: 'the cluster of Redis moves what was asked for',
  NOAUTH: ACCESS,
  WRONGPASS: ACCESS,
  NOPERM: ACCESS,
};

/** Also in the middle of what it says of a script. */
const CODE = new RegExp(`(?:^|-)(${Object.keys(NOT_NOW).join('|')}) `);

/** Mistakes of a program, whoever made them, which no waiting mends. */
const MISTAKES = [TypeError, RangeError, SyntaxError, ReferenceError];

/**
 * Why nothing came of a read or write, for people; null when that is our own mistake, such as a script that fails or a
 * key that holds something else. A failure without an answer is a Redis that is away.
 */
export function whyUnavailable(thrown: unknown): string | null {
  const refusal = writeRefusalOf(thrown);
  if (refusal !== null) return inWords(refusal);
  if (MISTAKES.some((mistake) => thrown instanceof mistake)) return null;
  if (!isReply(thrown)) return 'Redis does not answer';
  return NOT_NOW[CODE.exec(thrown.message)?.[1] ?? ''] ?? null;
}

/**
 * Our mistake, as it may stand in a log: what Redis said, and of which command. The client's own error holds all that was
 * sent as well, which may be code or the hash of a password.
 */
export function mistakeOf(thrown: unknown): unknown {
  if (!isReply(thrown)) return thrown;
  return new Error(`Redis refuses ${thrown.command?.name ?? 'a command'}: ${messageOf(thrown)}`);
}

type Reply = Error & { command?: { name: string } };

/** By its name: the pages are bundled with a copy of the client. */
function isReply(thrown: unknown): thrown is Reply {
  return thrown instanceof Error && thrown.name === 'ReplyError';
}
