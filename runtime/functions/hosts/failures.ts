import type { Failure } from '#lib/schemas/function';

export function timeoutFailure(timeoutMs: number): Failure {
  return { kind: 'timeout', message: `timed out at ${(timeoutMs / 1000).toFixed(timeoutMs < 1000 ? 2 : 1)} s` };
}

/** `how` is "exited with code 3" or "was killed by SIGSEGV". */
export function endedFailure(kind: 'init' | 'exit', how: string): Failure {
  return {
    kind,
    message: kind === 'init' ? `the function's process ${how} while it loaded` : `the function's process ${how}`,
  };
}

/** Whether the host has ended with it. */
export function isDeath({ kind }: Failure): boolean {
  return kind === 'timeout' || kind === 'exit';
}

export function unusableSnapshot(reason: string): string {
  return `env starts empty, its snapshot is of no use: ${reason}`;
}
