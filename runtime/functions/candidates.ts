import type { Code } from './code/code.ts';
import type { LocalCode } from './code/local-code.ts';
import { type Candidate, LOAD_MS } from './host-keeper.ts';
import type { StartHost } from './hosts/host.ts';
import { loadHost } from './loaded-host.ts';
import type { Wanted, WantedCode } from './wanted.ts';

/** What is known of a candidate once it has loaded. */
export type Loaded = { number: number; code: Code };

/** The versions that may run, each of which can be made ready and loaded into a host. */
export function candidatesOf(
  {
    name,
    settings: { handler, isolation },
    code: { versions, standIn },
  }: Omit<Wanted, 'code'> & { code: Omit<WantedCode, 'versions'> & { versions: readonly number[] } },
  { localCode, startHost }: { localCode: LocalCode; startHost: StartHost },
): (Candidate<Loaded> & { number: number })[] {
  return versions.map((number) => ({
    key: JSON.stringify([number, handler, isolation]),
    number,
    async load(log, signal) {
      const prepared = await localCode.prepare(name, number, handler, number === standIn);
      if ('reason' in prepared) return { failure: { kind: 'init', message: prepared.reason } };
      const { language, path, handler: called, imports } = prepared.code;
      const order = { name, language, path, handler: called, imports, isolation, log };
      const loaded = await loadHost(startHost, order, LOAD_MS, signal);
      return { ...loaded, about: { number, code: prepared.code } };
    },
  }));
}
