import { EXIT, type ExitCode } from './exit-codes.ts';

/** The command cannot go on: said as one line, without a stack. */
export class Failure extends Error {
  readonly code: ExitCode;
  /** Further lines, such as one for each field that does not fit. */
  readonly more: readonly string[];

  constructor(code: ExitCode, message: string, { more = [], ...options }: ErrorOptions & { more?: string[] } = {}) {
    super(message, options);
    this.name = 'Failure';
    this.code = code;
    this.more = more;
  }
}

/** The command was not written as it should be. */
export class UsageError extends Failure {
  constructor(message: string, more: string[] = []) {
    super(EXIT.usage, message, { more });
    this.name = 'UsageError';
  }
}
