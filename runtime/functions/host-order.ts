import type { Log } from '#lib/log';
import type { Definition } from './definition.ts';
import type { HostOrder } from './hosts/host.ts';

/** What a host must know of a function; what it prints goes to the function's log. */
export function orderFor({ name, language, path, handler, imports }: Definition, log: Log): HostOrder {
  return { name, language, path, handler, imports, log: (stream, line) => log.info({ stream }, line) };
}
