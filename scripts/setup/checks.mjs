import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPages } from './build.mjs';
import { projectEnvironment } from './machine.mjs';
import { bin } from './project.mjs';
import { run } from './run.mjs';
import { write } from './say.mjs';
import { countTests } from './vitest-report.mjs';

/**
 * Build, lint, types and all tests, each of them also when an earlier one failed. With arguments, Vitest alone gets them
 * (and the build that the browser tests open, when they name those).
 */
export async function check(vitestArguments, browser) {
  const everything = vitestArguments.length === 0;
  const results = [];
  const note = (name, succeeded) => results.push({ name, passed: Number(succeeded), failed: Number(!succeeded) });
  if (everything || vitestArguments.some((word) => word.includes('e2e'))) {
    note('build', await buildPages({ live: true }));
  }
  if (everything) {
    note('lint', await succeeds([['biome', 'check', '.']]));
    note('types', await succeeds([['next', 'typegen'], ['tsc']]));
  }
  results.push({ name: 'tests', ...(await runVitest(vitestArguments, browser)) });
  summarise(results);
}

/** On stdout, in order with what the program prints. */
const title = (text) => write(1, `\n${text}\n`);

async function succeeds(commands) {
  for (const [program, ...args] of commands) {
    title([program, ...args].join(' '));
    const { code } = await run(bin(program), args, { env: projectEnvironment(), live: true });
    if (code !== 0) return false;
  }
  return true;
}

async function runVitest(args, browser) {
  const folder = mkdtempSync(join(tmpdir(), 'vigia-tests-'));
  try {
    const report = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const env = projectEnvironment({ NODE_ENV: 'test', PLAYWRIGHT_CHROMIUM: browser });
    title('vitest run');
    const { code } = await run(bin('vitest'), ['run', ...reporters, ...args], { env, live: true });
    return countTests(report, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function summarise(results) {
  const sum = (key) => results.reduce((total, result) => total + (result[key] ?? 0), 0);
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
  const lines = results.map((result) => `  ${result.name.padEnd(8)}${counted(result)}`);
  write(1, `\n${lines.join('\n')}\n\n${counted({ passed, failed, skipped })}\n`);
  if (failed > 0) process.exitCode = 1;
}

function counted({ passed, failed, skipped = 0 }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
