import { type Config, ConfigError, loadConfig } from '#lib/config';
import { MISCONFIGURED, runUntilStopped } from '#lib/lifecycle';
import { createLog, type Log, lineWriter, logConsole } from '#lib/log';
import { sayWhyNot } from './say-why-not.ts';

type Start = (config: Config, log: Log, signal: AbortSignal, dev: boolean) => Promise<AsyncDisposable>;

const dev = process.argv.includes('--dev');
/** For a first start that finds everything compiled. */
const loadOnly = process.argv.includes('--load-only');
const [role = 'all'] = process.argv.slice(2).filter((word) => !word.startsWith('--'));

/** Each role is loaded only by the process that plays it. */
const roles: Record<string, () => Promise<Start>> = {
  all: async () => (await import('./all-in-one/role.ts')).startAllInOne,
  web: async () => (await import('./web/role.ts')).startWebRole,
  collector: async () => (await import('./collector/role.ts')).startCollectorRole,
  functions: async () => (await import('./functions/role.ts')).startFunctionsRole,
  jobs: async () => (await import('./jobs/role.ts')).startJobsRole,
};

try {
  const load = roles[role];
  if (load === undefined)
    throw new ConfigError([`there is no role ${role}; the roles are ${Object.keys(roles).join(', ')}`]);
  const config = loadConfig();
  // A supervised role is heard by its supervisor, which has said these things already.
  const supervised = process.connected === true;
  const log = createLog(role, config.logLevel, await lineWriter(process.stdout.isTTY === true && !supervised));
  logConsole(log);
  if (!supervised) for (const note of config.notes) log.info(note);
  const start = await load();
  const grace = role === 'web' ? config.web : config.jobs;
  if (!loadOnly) await runUntilStopped(log, (signal) => start(config, log, signal, dev), grace);
} catch (error) {
  process.exitCode = error instanceof ConfigError ? MISCONFIGURED : 1;
  sayWhyNot(role, error);
}
