import { messageOf } from '#lib/errors';
import { archiveRefusal } from './rows/archive-refusal.ts';
import { browserCost } from './rows/browser-cost.ts';
import { browserHour } from './rows/browser-hour.ts';
import { functions } from './rows/functions.ts';
import { history } from './rows/history.ts';
import { idle } from './rows/idle.ts';
import { jobLatency } from './rows/job-latency.ts';
import { jobRate } from './rows/job-rate.ts';
import { live } from './rows/live.ts';
import { outage } from './rows/outage.ts';
import { page } from './rows/page.ts';
import { roles } from './rows/roles.ts';
import type { Family, Row, Run, Skipped } from './rows/row.ts';
import { sandbox } from './rows/sandbox.ts';
import { shared } from './rows/shared.ts';
import { snapshot } from './rows/snapshot.ts';
import { swap } from './rows/swap.ts';
import { ticks } from './rows/ticks.ts';
import { endChildren } from './support/child.ts';
import { describeMachine } from './support/machine.ts';
import { parseOptions, USAGE } from './support/options.ts';
import { Skip } from './support/programs.ts';
import { renderJson, renderMachine, renderTable } from './support/report.ts';

const FAMILIES = [
  ticks,
  snapshot,
  functions,
  shared,
  swap,
  outage,
  history,
  live,
  page,
  browserCost,
  browserHour,
  idle,
  archiveRefusal,
  sandbox,
  jobRate,
  jobLatency,
  roles,
];

const say = (text: string) => process.stderr.write(`${text}\n`);

async function main(): Promise<void> {
  const known = FAMILIES.flatMap(({ ids }) => ids);
  const { json, quick, rounds, only } = parseOptions(process.argv.slice(2), known);
  const run: Run = { rounds, quick, say, wanted: (id) => only?.includes(id) ?? true };
  const machine = describeMachine();
  if (!json) console.log(`${renderMachine(machine)}\n`);
  const rows: (Row | Skipped)[] = [];
  for (const family of FAMILIES) if (family.ids.some(run.wanted)) rows.push(...(await measure(family, run)));
  console.log(json ? renderJson(machine, rounds, rows) : renderTable(rows));
}

/** What cannot be measured here, or breaks, says so in its own row, and the others go on. */
async function measure(family: Family, run: Run): Promise<(Row | Skipped)[]> {
  try {
    return await family.measure(run);
  } catch (error) {
    if (!(error instanceof Skip)) process.exitCode = 1;
    const skipped = `${error instanceof Skip ? '' : 'it failed: '}${messageOf(error)}`;
    return family.ids.filter(run.wanted).map((id) => ({ id, what: family.what, skipped }));
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    say('stopping');
    void endChildren().finally(() => process.exit(130));
  });
}

try {
  await main();
} catch (error) {
  say(`${messageOf(error)}\n${USAGE}`);
  process.exitCode = 1;
} finally {
  await endChildren();
}
