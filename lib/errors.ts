/** Every way a verb can refuse, as a closed set that each transport maps once. */
export type ErrorCode = 'not_found' | 'invalid' | 'unavailable';

export class VigiaError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'VigiaError';
    this.code = code;
  }
}

/** Redis did not answer, or not in time. */
export function isUnavailable(thrown: unknown): boolean {
  return thrown instanceof VigiaError && thrown.code === 'unavailable';
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
