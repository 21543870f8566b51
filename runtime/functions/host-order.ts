import type { Definition } from './definition.ts';
import type { HostOrder } from './hosts/host.ts';

/** What a host must know of a function, and where what it prints goes. */
export function orderFor(
  { name, language, isolation, path, handler, imports }: Definition,
  log: HostOrder['log'],
): HostOrder {
  return { name, language, isolation, path, handler, imports, log };
}
