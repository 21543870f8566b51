import { DescriptorMaker } from './job-descriptors.ts';
import { JobUsers } from './job-users.ts';
import { makeOwnFiles } from './own-files.ts';
import { findInterpreters } from './programs.ts';
import { runJob } from './run-job.ts';
import { DEFAULT_LIMITS } from './sandbox.ts';
import { isSupported } from './seccomp/system-calls.ts';
import { bubblewrap } from './tiers/bubblewrap.ts';

/** A worker whose one job sleeps for the seconds of its second argument, held by the bwrap of its first. */
const [bwrap = '', seconds] = process.argv.slice(2);
if (!isSupported(process.arch)) throw new Error(`no sandbox on ${process.arch}`);
const files = makeOwnFiles(process.arch);
const parts = { bwrap, setpriv: '/usr/bin/setpriv', bash: '/bin/bash', interpreters: findInterpreters(), files };
await runJob(
  {
    tier: 'bubblewrap',
    confine: bubblewrap(parts),
    users: new JobUsers(),
    descriptors: new DescriptorMaker(files.hidden),
  },
  {
    language: 'bash',
    code: `sleep ${seconds}\n`,
    input: '',
    limits: DEFAULT_LIMITS,
    network: false,
    onOutput: (_stream, text) => process.stdout.write(text),
  },
);
