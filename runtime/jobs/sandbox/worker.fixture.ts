import { probeSandbox } from './probe-sandbox.ts';
import { DEFAULT_LIMITS, TIERS } from './sandbox.ts';

/** A worker that runs one job, which sleeps in several ways for the seconds of its second argument. */
const [tier, seconds] = process.argv.slice(2);
const sandbox = await probeSandbox({
  allowUnsandboxed: true,
  secret: [],
  tiers: TIERS.filter((name) => name === tier),
});
if (sandbox.tier === null) throw new Error(sandbox.missing.join('; '));
await sandbox.run({
  language: 'bash',
  code: `trap '' TERM HUP INT; sleep ${seconds} & setsid sleep ${seconds} & (setsid sleep ${seconds} &); echo started; wait`,
  input: '',
  limits: DEFAULT_LIMITS,
  network: false,
  onOutput: (_stream, text) => process.stdout.write(text),
});
