/** Runs the smallest script there is, once for each order: as it is, or in the sandbox of a worker. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type JobLanguage, jobLanguage } from '#lib/schemas/job';
import { probeSandbox } from '#runtime/jobs/sandbox/probe-sandbox';
import { DEFAULT_LIMITS } from '#runtime/jobs/sandbox/sandbox';
import { timePlain } from '../support/plain-script.ts';
import { smallest } from '../support/smallest-scripts.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { answerOrders } from './answer-orders.ts';

const order = z.object({ do: z.enum(['plain', 'sandboxed']), language: jobLanguage });

using folder = temporaryFolder();
const sandbox = await probeSandbox({ allowUnsandboxed: false, secret: [] });
// It is ended with a signal, and is to leave no folder behind.
process.once('SIGTERM', () => void end().finally(() => process.exit(0)));

await answerOrders(async (text) => {
  const { do: how, language } = order.parse(text);
  const { tier, missing } = sandbox;
  if (tier === null || !sandbox.languages.includes(language)) return { tier: null, missing, ms: Number.NaN };
  return { tier, missing, ms: how === 'plain' ? await plain(language) : await sandboxed(language) };
});
await end();

async function end(): Promise<void> {
  if (sandbox.tier !== null) await sandbox[Symbol.asyncDispose]();
}

async function plain(language: JobLanguage): Promise<number> {
  const path = join(folder.path, language);
  writeFileSync(path, smallest[language]);
  return await timePlain(language, path);
}

async function sandboxed(language: JobLanguage): Promise<number> {
  if (sandbox.tier === null) return Number.NaN;
  const startedAt = performance.now();
  const code = smallest[language];
  const { exitCode } = await sandbox.run({ language, code, input: '', limits: DEFAULT_LIMITS, network: false });
  if (exitCode !== 0) throw new Error(`a job ended with ${exitCode}`);
  return performance.now() - startedAt;
}
