import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { type Environment, environment } from './config/environment.ts';
import { resolveAliases } from './config/resolve-aliases.ts';
import { tlsProblems } from './config/resolve-redis.ts';
import type { RawEnvironment, Resolved } from './config/resolved.ts';
import type { FunctionSettings, SettingName } from './schemas/settings.ts';

/** Names whose values user code must not inherit. */
const WITHHELD_FROM_FUNCTIONS =
  /^(REDIS_URL|ADMIN_PASSWORD|METRICS_TOKEN|PYFILE|FUNCTION_ZIP_BASE64|USER_CODE_BASE64|NODE_OPTIONS)$/;

/** All bad settings at once, one sentence each. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      problems.length === 1
        ? `Vigia cannot start: ${problems[0]}`
        : `Vigia cannot start:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

type Frozen<T> = { readonly [K in keyof T]: T[K] extends object ? Frozen<T[K]> : T[K] };

export type Config = Frozen<ReturnType<typeof shape>>;
export type DeclaredFunction = Config['function'];

/** Reads the environment once; throws a {@link ConfigError} that names every bad value. */
export function loadConfig(env: RawEnvironment = process.env): Config {
  const resolved = resolveAliases(env);
  const { values, suppliedBy, problems } = resolved;
  if (values.ADMIN_PASSWORD !== undefined && values.ADMIN_PASSWORD_FILE !== undefined) {
    problems.push('ADMIN_PASSWORD and ADMIN_PASSWORD_FILE are both set: keep one of them');
  }
  problems.push(...tlsProblems(values));
  const parsed = environment.safeParse(values);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const name = issue.path.join('.');
      const alias = suppliedBy[name];
      problems.push(`${name}${alias === undefined ? '' : ` (from ${alias})`} ${sentence(issue.message)}`);
    }
  }
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return deepFreeze(shape(parsed.data, resolved, env));
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) deepFreeze(inner);
  return Object.freeze(value);
}

function sentence(message: string): string {
  return message.startsWith('Invalid option: expected one of ')
    ? `must be one of ${message.slice('Invalid option: expected one of '.length).replaceAll('|', ', ')}`
    : message;
}

/** Whole ms: 0.07 s times 1000 is not quite 70. */
const inMs = (seconds: number): number => Math.round(seconds * 1000);

function archiveOf(env: Environment) {
  if (env.FUNCTION_ZIP === undefined && env.FUNCTION_ZIP_BASE64 === undefined) return undefined;
  return {
    /** A URL or a path. */
    location: env.FUNCTION_ZIP,
    base64: env.FUNCTION_ZIP === undefined ? env.FUNCTION_ZIP_BASE64 : undefined,
    /** The module that has the handler, as the user names it. */
    entryFile: env.ZIP_ENTRY_FILE,
    /** Hosts and networks that need not be public. */
    allow: env.FUNCTION_ZIP_ALLOW,
    refreshMs: inMs(env.FUNCTION_REFRESH),
  };
}

const SETTINGS = {
  REDIS_INPUT_KEY: 'inputKey',
  REDIS_OUTPUT_KEY: 'outputKey',
  MONITORING_PERIOD: 'periodMs',
  FUNCTION_TIMEOUT: 'timeoutMs',
  FUNCTION_HANDLER: 'handler',
  FUNCTION_INVOKE: 'invoke',
  FUNCTION_ISOLATION: 'isolation',
} as const satisfies Partial<Record<keyof Environment, SettingName>>;

/** Only what somebody has set: these override the defaults of a function, the others are the defaults. */
function givenSettings(all: FunctionSettings, { values, suppliedBy }: Resolved) {
  const given = Object.entries(SETTINGS).filter(([name]) => values[name] !== undefined);
  const settings: Partial<FunctionSettings> = Object.fromEntries(given.map(([, setting]) => [setting, all[setting]]));
  const from: Partial<Record<SettingName, string>> = Object.fromEntries(
    given.map(([name, setting]) => [setting, suppliedBy[name] ?? name]),
  );
  return { settings, from };
}

function shape(env: Environment, resolved: Resolved, raw: RawEnvironment) {
  const periodMs = inMs(env.MONITORING_PERIOD);
  const settings: FunctionSettings = {
    inputKey: env.REDIS_INPUT_KEY,
    outputKey: env.REDIS_OUTPUT_KEY,
    periodMs,
    timeoutMs: env.FUNCTION_TIMEOUT === undefined ? Math.max(10_000, periodMs) : inMs(env.FUNCTION_TIMEOUT),
    handler: env.FUNCTION_HANDLER,
    invoke: env.FUNCTION_INVOKE,
    isolation: env.FUNCTION_ISOLATION,
    enabled: true,
  };
  const inherited = Object.fromEntries(
    Object.entries(raw).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return {
    /** Which alias supplied a value: logged once, when the process starts. */
    notes: resolved.notes,
    home: resolve(env.VIGIA_HOME),
    logLevel: env.LOG_LEVEL,
    web: { host: env.HOST, port: env.PORT, graceMs: inMs(env.WEB_GRACE) },
    redis: {
      /** Undefined: nobody chose one, so the all-in-one start embeds its own. */
      url: env.REDIS_URL,
      /** Files, for a rediss:// URL. */
      tls: { ca: env.REDIS_CA, cert: env.REDIS_CERT, key: env.REDIS_KEY },
      embeddedPort: env.EMBEDDED_REDIS_PORT,
      keyPrefix: env.KEY_PREFIX,
    },
    /** Of roles that have no door of their own; undefined for none. */
    health: { port: env.HEALTH_PORT },
    metrics: { token: env.METRICS_TOKEN, series: env.METRICS_SERIES },
    collector: {
      mode: env.COLLECT,
      periodMs: inMs(env.COLLECT_PERIOD),
      key: env.REDIS_INPUT_KEY,
      proc: env.COLLECT_PROC,
      node: env.COLLECT_NODE,
    },
    function: {
      name: env.FUNCTION_NAME,
      language: env.FUNCTION_LANGUAGE,
      path: env.FUNCTION_PATH,
      inline: env.PYFILE,
      archive: archiveOf(env),
      ...settings,
      given: givenSettings(settings, resolved),
    },
    /** Hosts and networks that an archive may come from although they are not public. */
    archives: { allow: env.FUNCTION_ZIP_ALLOW },
    accounts: {
      adminPassword: env.ADMIN_PASSWORD,
      adminPasswordFile: env.ADMIN_PASSWORD_FILE,
      dashboardAuth: env.DASHBOARD_AUTH,
      /** Addresses and networks whose forwarding headers count. */
      trustedProxies: env.TRUSTED_PROXIES,
    },
    jobs: {
      concurrency: env.JOBS_CONCURRENCY ?? Math.min(availableParallelism(), 8),
      timeLimitMs: inMs(env.JOBS_TIME_LIMIT),
      graceMs: inMs(env.JOBS_GRACE),
      network: env.JOBS_NETWORK === 'on',
      allowUnsandboxed: env.ALLOW_UNSANDBOXED === '1',
      runningPerUser: env.JOBS_RUNNING_PER_USER,
      waitingPerUser: env.JOBS_WAITING_PER_USER,
      keep: {
        jobs: env.JOBS_KEEP,
        ageMs: inMs(env.JOBS_KEEP_DAYS * 24 * 3600),
        bytes: env.JOBS_KEEP_MB * 1_000_000,
      },
    },
    python: env.PYTHON,
    /** The environment as it was given: what supervised roles start with. */
    environment: inherited,
    /** What user code sees as its environment. */
    functionEnv: Object.fromEntries(Object.entries(inherited).filter(([name]) => !WITHHELD_FROM_FUNCTIONS.test(name))),
    history: {
      maxAgeMs: inMs(env.HISTORY_HOURS * 3600),
      maxEntries: 10_000,
      minutesMs: inMs(env.HISTORY_1M_HOURS * 3600),
      quartersMs: inMs(env.HISTORY_15M_DAYS * 24 * 3600),
    },
  };
}
