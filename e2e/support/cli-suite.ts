import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { loadConfig } from '#lib/config';
import { createLog } from '#lib/log';
import { startJobsRole } from '../../runtime/jobs/role.ts';
import { ADMIN_PASSWORD } from './accounts.ts';
import { CliProcess, type CliSettings } from './cli.ts';
import { startRedis } from './redis-server.ts';
import { startFunctionsRuntime } from './role-process.ts';
import { scratchFolder } from './scratch-folder.ts';
import { startWebRole, type WebRole } from './web-role.ts';

/** A front door, workers and a function runtime, all of them real, and people who use the command against them. */
export function cliSuite() {
  const { folder: scratch, write: file } = scratchFolder();
  const everything = new AsyncDisposableStack();
  const open: CliProcess[] = [];
  const settings = {
    ADMIN_PASSWORD,
    ALLOW_UNSANDBOXED: '1',
    VIGIA_HOME: join(scratch, 'home'),
    MONITORING_PERIOD: '0.2',
  };
  let redisUrl: string;
  let web: WebRole;

  beforeAll(async () => {
    redisUrl = everything.use(await startRedis()).url;
    const env = { ...settings, REDIS_URL: redisUrl };
    web = await startWebRole(env);
    everything.defer(() => web[Symbol.asyncDispose]());
    const { PATH = '', HOME = '' } = process.env;
    const config = loadConfig({ PATH, HOME, ...env });
    everything.use(
      await startJobsRole(
        config,
        createLog('jobs', 'error', () => {}),
      ),
    );
    everything.use(await startFunctionsRuntime(env));
  });
  afterEach(async () => {
    for (const { child, ended } of open.splice(0)) {
      child.kill('SIGKILL');
      await ended;
    }
  });
  afterAll(() => everything.disposeAsync());

  const started = (args: readonly string[], { env = {}, ...settings }: CliSettings, input?: string) => {
    const process = new CliProcess({ ...settings, env: { VIGIA_URL: web.url, ...env } }, args, input);
    open.push(process);
    return process;
  };

  return {
    get redisUrl() {
      return redisUrl;
    },
    get url() {
      return web.url;
    },
    /** The same front door once more, on the same port. */
    async restartWeb(between: () => Promise<unknown> = async () => {}) {
      const { port } = new URL(web.url);
      await web[Symbol.asyncDispose]();
      await between();
      web = await startWebRole({ ...settings, REDIS_URL: redisUrl, PORT: port });
    },
    file,
    scratch,
    /** Somebody at a machine of their own: runs commands, and has what they store. */
    person(name: string) {
      const config = join(scratch, `config-of-${name}`);
      const start = (args: readonly string[], input?: string, env: Record<string, string> = {}) =>
        started(args, { config, env }, input);
      return {
        credentials: join(config, 'vigia', 'credentials.json'),
        start,
        run: (args: readonly string[], input?: string, env?: Record<string, string>) => start(args, input, env).ended,
        /** Runs it on a terminal; what that shows is its stdout. */
        atTerminal: (args: readonly string[], typing: CliSettings['typing']) => started(args, { config, typing }).ended,
        /** Signs in, and fails if that does. */
        async signIn(password: string) {
          const { code, stderr } = await start(['login', '--user', name], `${password}\n`).ended;
          if (code !== 0) throw new Error(stderr);
          return this;
        },
      };
    },
  };
}
