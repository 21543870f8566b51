import { resolve } from 'node:path';
import { audit } from '#runtime/jobs/sandbox/audit/battery';
import { makeSurroundings } from '#runtime/jobs/sandbox/audit/surroundings';
import { probeSandbox } from '#runtime/jobs/sandbox/probe-sandbox';

const program = resolve(import.meta.dirname, '..');
let tiersThatHeld = 0;
let escapes = 0;

for (const tier of ['bubblewrap', 'landlock'] as const) {
  const sandbox = await probeSandbox({ allowUnsandboxed: false, secret: [program], tiers: [tier] });
  for (const line of sandbox.missing) console.log(`  missing  ${line}`);
  if (sandbox.tier === null) continue;
  await using surroundings = await makeSurroundings(program);
  let tries = 0;
  let held = 0;
  for await (const { group, name, escaped } of audit(sandbox, surroundings)) {
    tries++;
    if (escaped === null) held++;
    console.log(
      `  ${escaped === null ? 'held   ' : 'ESCAPED'}  ${group}: ${name}${escaped === null ? '' : ` — ${escaped}`}`,
    );
  }
  await sandbox[Symbol.asyncDispose]();
  console.log(`${tier}: ${held}/${tries} (${sandbox.languages.join(', ')})\n`);
  tiersThatHeld++;
  escapes += tries - held;
}
if (tiersThatHeld === 0) console.log('No sandbox runs here: jobs are refused unless ALLOW_UNSANDBOXED=1.');
process.exitCode = escapes > 0 || tiersThatHeld === 0 ? 1 : 0;
