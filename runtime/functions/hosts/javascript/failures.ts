import type { Failure } from '#lib/schemas/function';
import { plainTrace } from './own-modules.ts';
import { BadResult } from './serialise-result.ts';

const MAX_TRACE = 16_384;
const OWN_FRAME =
  /\((?:node:|file:\/\/.*\/runtime\/functions\/hosts\/javascript\/)|at (?:async )?(?:node:|file:\/\/.*\/runtime\/functions\/hosts\/javascript\/)/;

/** A failure as its author wants to see it: their own frames, not the host's. */
export function describe(kind: Failure['kind'], thrown: unknown): Failure {
  if (thrown instanceof BadResult) return { kind, message: thrown.message.slice(0, 1000) };
  if (!(thrown instanceof Error)) return { kind, message: `threw ${String(thrown)}`.slice(0, 1000) };
  const trace = (thrown.stack ?? '').split('\n').filter((line) => !OWN_FRAME.test(line));
  return {
    kind,
    message: plainTrace(`${thrown.name}: ${thrown.message}`).slice(0, 1000),
    traceback: plainTrace(trace.join('\n')).slice(0, MAX_TRACE),
  };
}
