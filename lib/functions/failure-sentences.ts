/**
 * The failures that Vigia itself puts into words, as they are kept: whoever shows them in another language reads them
 * here. Everything else is said by the function's author or by its language, and is never translated.
 */
export type OwnFailure =
  | { is: 'timeout'; seconds: number; digits: number }
  | { is: 'exited'; code: string; isLoading: boolean }
  | { is: 'killed'; signal: string; isLoading: boolean };

export function timedOutAt(timeoutMs: number): string {
  return `timed out at ${(timeoutMs / 1_000).toFixed(timeoutMs < 1_000 ? 2 : 1)} s`;
}

/** `how` is "exited with code 3" or "was killed by SIGSEGV". */
export function processEnded(how: string, isLoading: boolean): string {
  return `the function's process ${how}${isLoading ? ' while it loaded' : ''}`;
}

const TIMEOUT = /^timed out at (\d+\.(\d+)) s$/;
const ENDED = /^the function's process (?:exited with code (\d+)|was killed by (SIG\w+))( while it loaded)?$/;

/** Null for what somebody else says. */
export function readOwnFailure(message: string): OwnFailure | null {
  const [, seconds, decimals] = TIMEOUT.exec(message) ?? [];
  if (seconds !== undefined) return { is: 'timeout', seconds: Number(seconds), digits: decimals?.length ?? 0 };
  const [found, code, signal, loading] = ENDED.exec(message) ?? [];
  if (found === undefined) return null;
  const isLoading = loading !== undefined;
  if (code !== undefined) return { is: 'exited', code, isLoading };
  return signal === undefined ? null : { is: 'killed', signal, isLoading };
}
