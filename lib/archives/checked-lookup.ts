import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { type Allowance, addressRule } from './address-rules.ts';
import { RefusedAddress } from './refused-address.ts';

/** All addresses of a host. */
export type Resolve = (host: string) => Promise<LookupAddress[]>;

export const systemResolve: Resolve = (host) => lookup(host, { all: true, order: 'verbatim' });

/**
 * A lookup for one connection: every answer must be good, and the connection goes to these very answers. A name that
 * resolves to something else the next time is judged again then.
 */
export function checkedLookup(allowed: Allowance, resolve: Resolve): LookupFunction {
  return (host, options, callback) => {
    resolve(host)
      .then((answers) => {
        const [first] = answers;
        if (first === undefined) throw new Error(`${host} has no address`);
        for (const { address } of answers) {
          const rule = addressRule(address, host, allowed);
          if (rule !== null) throw new RefusedAddress(rule);
        }
        return { first, answers };
      })
      .then(
        ({ first, answers }) => {
          if (options.all === true) callback(null, answers);
          else callback(null, first.address, first.family);
        },
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), '', 0),
      );
  };
}
