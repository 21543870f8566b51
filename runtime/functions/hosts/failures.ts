import { processEnded, timedOutAt } from '#lib/functions/failure-sentences';
import type { Failure } from '#lib/schemas/function';

export function timeoutFailure(timeoutMs: number): Failure {
  return { kind: 'timeout', message: timedOutAt(timeoutMs) };
}

/** `how` is "exited with code 3" or "was killed by SIGSEGV". */
export function endedFailure(kind: 'init' | 'exit', how: string): Failure {
  return { kind, message: processEnded(how, kind === 'init') };
}

/** Whether the host has ended with it. */
export function isDeath({ kind }: Failure): boolean {
  return kind === 'timeout' || kind === 'exit';
}

export function unusableSnapshot(reason: string): string {
  return `env starts empty, its snapshot is of no use: ${reason}`;
}
