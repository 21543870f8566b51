import { readdir } from 'node:fs/promises';
import type { Roots, Source } from './source.ts';

/** `n_pids`: how many processes there are, as `len(psutil.pids())`. */
export function createProcessesSource({ proc }: Roots): Source {
  return {
    name: 'processes',
    read: async () => {
      const names = await readdir(proc);
      return new Map([['n_pids', BigInt(names.filter((name) => /^\d+$/.test(name)).length)]]);
    },
  };
}
