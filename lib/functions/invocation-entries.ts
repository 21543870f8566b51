import * as z from 'zod';
import { type Failure, failure } from '#lib/schemas/function';
import {
  type Invocation,
  type InvocationOutcome,
  invocationOutcome,
  type KeptText,
  type PrintedLine,
} from '#lib/schemas/invocation';

/** Of the input and of the result text, each. */
export const MAX_KEPT_TEXT = 256 * 1024;

/** An invocation as it is written, before Redis has it. */
export type NewInvocation = {
  /** That of its history entry; one of its own when there is none. */
  id: string;
  startedAt: number;
  lagMs: number;
  tookMs: number;
  version: string;
  outcome: InvocationOutcome;
  failure?: Failure;
  log: readonly PrintedLine[];
  linesLeftOut: number;
  texts: { input?: Buffer; result?: string } | null;
};

export type InvocationRecord = Omit<Invocation, 'input' | 'result' | 'isComplete' | 'isReserved' | 'previous' | 'next'>;

/** Fields of an entry of the stream of records. */
export function recordFields(record: NewInvocation): (string | number)[] {
  const { startedAt, lagMs, tookMs, version, outcome, log, linesLeftOut } = record;
  return [
    ...['s', startedAt, 'l', lagMs, 'd', tookMs, 'v', version, 'o', outcome],
    ...(record.failure === undefined ? [] : ['e', JSON.stringify(record.failure)]),
    ...(log.length === 0 ? [] : ['p', JSON.stringify(log.map(({ stream, text }) => [stream, text]))]),
    ...(linesLeftOut === 0 ? [] : ['x', linesLeftOut]),
  ];
}

/** Fields of an entry of the stream of texts: each text's beginning, and its length in bytes. */
export function textFields({ texts }: NewInvocation): (Buffer | string | number)[] {
  const input = texts?.input;
  const result = texts?.result === undefined ? undefined : Buffer.from(texts.result);
  return [
    ...(input === undefined ? [] : ['i', input.subarray(0, MAX_KEPT_TEXT), 'in', input.length]),
    ...(result === undefined ? [] : ['r', result.subarray(0, MAX_KEPT_TEXT), 'rn', result.length]),
  ];
}

const printed = z.array(z.tuple([z.string(), z.string()]));

export function parseRecord(id: string, fields: readonly string[]): InvocationRecord {
  const get = fieldOf(fields);
  const lines = printed.parse(JSON.parse(get('p') ?? '[]'));
  const linesLeftOut = Number(get('x') ?? 0);
  const failed = get('e');
  return {
    id,
    startedAt: Number(get('s')),
    lagMs: Number(get('l')),
    tookMs: Number(get('d')),
    version: get('v') ?? '',
    outcome: invocationOutcome.parse(get('o')),
    ...(failed === undefined ? {} : { failure: failure.parse(JSON.parse(failed)) }),
    lines: lines.length + linesLeftOut,
    log: lines.map(([stream, text]) => ({ stream, text })),
    linesLeftOut,
  };
}

export function parseTexts(fields: readonly string[]): { input: KeptText | null; result: KeptText | null } {
  const get = fieldOf(fields);
  const kept = (text: string | undefined, bytes: string | undefined): KeptText | null =>
    text === undefined ? null : asKept(text, Number(bytes));
  return { input: kept(get('i'), get('in')), result: kept(get('r'), get('rn')) };
}

/** A text that may have been cut in the middle of a character. */
function asKept(text: string, bytes: number): KeptText {
  const isCut = bytes > MAX_KEPT_TEXT;
  return { text: isCut ? text.replace(/\uFFFD+$/, '') : text, bytes, isCut };
}

/** The beginning of a whole text. */
export function keptTextOf(text: string): KeptText {
  const bytes = Buffer.from(text);
  return asKept(bytes.subarray(0, MAX_KEPT_TEXT).toString('utf8'), bytes.length);
}

const fieldOf = (fields: readonly string[]) => (name: string) => {
  for (let at = 0; at < fields.length; at += 2) if (fields[at] === name) return fields[at + 1];
  return undefined;
};
