import { ConfigError } from '#lib/config';
import { messageOf } from '#lib/errors';
import { createLog, plainWriter } from '#lib/log';
import type { MisconfiguredMessage } from '#lib/schemas/supervised';

/** Says why a role cannot start, or ended badly: to its supervisor, to whoever looks on, or as a line like those of its log. */
export function sayWhyNot(role: string, error: unknown): void {
  if (error instanceof ConfigError && process.send !== undefined) {
    const message: MisconfiguredMessage = { misconfigured: [...error.problems] };
    process.send(message, () => process.disconnect());
    return;
  }
  // What starts everything speaks to people, wherever they read it, and a supervisor makes lines of its log of this.
  const isForPeople = process.stderr.isTTY === true || role === 'all' || process.send !== undefined;
  if (isForPeople)
    process.stderr.write(error instanceof ConfigError ? `${error.message}\n` : `${role}: ${messageOf(error)}\n`);
  else createLog(role, 'fatal', plainWriter(process.stderr)).fatal(inOneLine(error));
  if (process.connected) process.disconnect();
}

function inOneLine(error: unknown): string {
  return error instanceof ConfigError ? `Vigia cannot start: ${error.problems.join('; ')}` : messageOf(error);
}
