import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeOwnEtc } from './own-etc.ts';
import { makeOwnFolder } from './own-folder.ts';
import { encode } from './seccomp/bpf.ts';
import { countingFilter, jobFilter } from './seccomp/filter.ts';
import type { Sockets } from './seccomp/refusals.ts';
import type { Architecture } from './seccomp/system-calls.ts';

/** The folder of one sandbox, in which it keeps what its jobs are given. Other users may pass through, not look around. */
export type OwnFiles = {
  readonly root: string;
  /** What a job sees as /etc, where it has a file tree of its own. */
  readonly etc: string;
  filter(sockets: Sockets): string;
  readonly countingFilter: string;
  /** The folder in which each job has one. */
  readonly jobs: string;
  /** What only the worker opens. */
  readonly hidden: string;
  remove(): Promise<void>;
};

export function makeOwnFiles(architecture: Architecture): OwnFiles {
  const root = makeOwnFolder();
  const folder = (name: string, mode: number): string => {
    const path = join(root, name);
    mkdirSync(path);
    // Not left to the umask.
    chmodSync(path, mode);
    return path;
  };
  chmodSync(root, 0o711);
  const [etc, jobs, hidden] = [folder('etc', 0o755), folder('jobs', 0o711), folder('hidden', 0o700)];
  const counting = join(hidden, 'counting-filter');
  writeFileSync(counting, encode(countingFilter(architecture)));
  makeOwnEtc(etc);
  const filterPath = ({ unix, internet }: Sockets) => join(hidden, `filter-${Number(unix)}-${Number(internet)}`);
  for (const unix of [false, true]) {
    for (const internet of [false, true]) {
      writeFileSync(filterPath({ unix, internet }), encode(jobFilter(architecture, { unix, internet })));
    }
  }
  return {
    root,
    etc,
    filter: filterPath,
    countingFilter: counting,
    jobs,
    hidden,
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
