import * as z from 'zod';
import { newPassword } from '../schemas/account.ts';
import { functionName } from '../schemas/name.ts';
import { functionSettings } from '../schemas/settings.ts';
import { addressList, decimal, networkList, redisUrl, seconds, text, wholeNumber } from './setting-checks.ts';

/** What `.meta()` of a setting holds; read by the alias resolver and by the generated docs. */
export type SettingMeta = {
  description: string;
  aliases?: readonly string[];
  /** Heading under which the docs list this setting and those after it. */
  section?: string;
  /** Said instead of the default where that depends on something. */
  shownDefault?: string;
  /** The bounds of a number, told by the check that has them. */
  least?: number;
  most?: number;
  /** The text is code: white space around it stays. */
  verbatim?: true;
};

const about = (description: string, rest: Omit<SettingMeta, 'description'> = {}): SettingMeta => ({
  description,
  ...rest,
});

export function metaOf(schema: z.ZodType): SettingMeta {
  return { description: '', ...schema.meta() };
}

/**
 * Every setting that the environment can hold: its check, its default and its documentation in one place.
 * `docs/configuration.md` is generated from this object.
 */
export const environment = z.object({
  PORT: wholeNumber(0, 65535)
    .prefault('3000')
    .meta(about('Port of the web app and API; 0 picks a free one.', { section: 'The program' })),
  HOST: text.prefault('127.0.0.1').meta(about('Address that the web app listens on; 0.0.0.0 opens it to the network.')),
  WEB_GRACE: seconds(0, 3600)
    .prefault('3')
    .meta(
      about(
        'Seconds for which a web role that is started alone serves on when it is told to stop, while each answer ends its connection: as long as whatever balances the load takes to learn that it leaves. From 6 on, every kept connection has ended by then. `npm start` stops at once.',
      ),
    ),
  VIGIA_HOME: text
    .prefault('.vigia')
    .meta(about('Folder for what must survive a restart: the data of the embedded Redis.')),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .prefault('info')
    .meta(about('How much is logged. Logs are JSON lines, or readable lines on a terminal.')),
  HEALTH_PORT: wholeNumber(0, 65535)
    .optional()
    .meta(
      about(
        'Port of `/livez`, `/readyz` and `/metrics` of a functions, jobs or collector role that is started alone; 0 picks a free one. The web role has them on `PORT`.',
        { shownDefault: 'none' },
      ),
    ),
  METRICS_TOKEN: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{16,}$/, 'must have at least 16 visible characters, and no space')
    .optional()
    .meta(
      about('What a client of `/metrics` must send as `Authorization: Bearer …`.', {
        shownDefault: 'not needed while the dashboard is open to everybody',
      }),
    ),
  METRICS_SERIES: wholeNumber(0, 100_000)
    .prefault('2000')
    .meta(about("How many of the functions' series `/metrics` shows at most; the rest is counted.")),

  REDIS_URL: redisUrl.optional().meta(
    about(
      'The Redis to use (6.2 or newer): redis://, rediss:// (TLS) or unix://, with user and password if it needs them. `npm start` without it (and without REDIS_HOST) starts an embedded one.',
      {
        section: 'Redis',
        aliases: ['REDIS_HOST + REDIS_PORT', 'REDIS_IP'],
        shownDefault: 'embedded; a role started alone: redis://127.0.0.1:6379',
      },
    ),
  ),
  REDIS_CA: text
    .optional()
    .meta(
      about(
        'File with the certificates (PEM) of the authorities that the certificate of a rediss:// Redis may come from. An authority of your own has to be named here.',
        { shownDefault: 'those that Node.js trusts, and `NODE_EXTRA_CA_CERTS`' },
      ),
    ),
  REDIS_CERT: text
    .optional()
    .meta(
      about(
        'File with our own certificate (PEM), for a rediss:// Redis that asks its clients for one (`tls-auth-clients yes`).',
        { shownDefault: 'none' },
      ),
    ),
  REDIS_KEY: text.optional().meta(about('File with the key (PEM) of `REDIS_CERT`.', { shownDefault: 'none' })),
  EMBEDDED_REDIS_PORT: wholeNumber(0, 65535)
    .prefault('6379')
    .meta(about('Loopback port of the embedded Redis; a free one is taken when it is busy.')),
  KEY_PREFIX: text
    .prefault('vigia:')
    .meta(about("Prefix of Vigia's own Redis keys; input and output keys never get it.")),

  COLLECT: z
    .enum(['auto', 'on', 'off'])
    .prefault('auto')
    .meta(
      about(
        "Whether this machine's metrics are written to the input key. `auto` writes only into the embedded Redis: on your own, another collector may own the key.",
        { section: 'The collector' },
      ),
    ),
  COLLECT_PERIOD: seconds(0.1, 3600).prefault('5').meta(about('Seconds between two samples.')),
  COLLECT_PROC: text
    .prefault('/proc')
    .meta(about("Where the kernel's files are; a container that watches its host has the host's somewhere else.")),
  COLLECT_NODE: z
    .string()
    .trim()
    .regex(/^[\w.-]{1,253}$/, 'must be the name of a machine')
    .optional()
    .meta(
      about(
        'Name of this machine, where collectors of several write into one Redis: each writes `<input key>:<name>`, and one of them, for as long as it is there, the input key as well.',
        { shownDefault: 'none: the input key alone is written' },
      ),
    ),

  REDIS_INPUT_KEY: functionSettings.shape.inputKey
    .prefault('metrics')
    .meta(about('Key that the collector writes and the function reads.', { section: 'The function' })),
  REDIS_OUTPUT_KEY: functionSettings.shape.outputKey
    .prefault('metrics-output')
    .meta(about("Key that gets the function's result.", { aliases: ['OUTPUT_KEY'] })),
  MONITORING_PERIOD: seconds(0.01, 86_400)
    .prefault('5')
    .meta(
      about('Seconds between two invocations; decimals allowed.', {
        aliases: [
          'REDIS_MONITORING_PERIOD',
          'REDIS_MONITORING_PERIOD_SECONDS',
          'REDIS_MONITOR_PERIOD',
          'MONITOR_PERIOD',
          'REDIS_POLL_PERIOD',
          'POLL_INTERVAL_SECONDS',
          'INTERVAL_SECONDS',
          'INTERVAL',
        ],
      }),
    ),
  FUNCTION_NAME: functionName.prefault('default').meta(about('Name of the function that the environment declares.')),
  FUNCTION_LANGUAGE: z
    .enum(['python', 'javascript', 'typescript'])
    .optional()
    .meta(about('Language of the function.', { shownDefault: "from the file's ending; Python for PYFILE" })),
  FUNCTION_HANDLER: functionSettings.shape.handler.prefault('handler').meta(
    about(
      'The function to call: `function`, `module.function`, `package.module.function` or `path/to/file.py:function`.',
      {
        aliases: [
          'HANDLER_FUNCTION',
          'HANDLER_FUNCTION_NAME',
          'FUNCTION_ENTRY_POINT',
          'ENTRY_FUNCTION',
          'HANDLER_ENTRYPOINT',
          'USER_ENTRYPOINT_FUNCTION',
        ],
      },
    ),
  ),
  FUNCTION_PATH: text.optional().meta(
    about("The function's file (.py, .js, .mjs, .cjs, .ts, .mts).", {
      aliases: ['PYFILE_PATH'],
      shownDefault: '`/opt/usermodule.py` when it exists; otherwise the built-in function',
    }),
  ),
  PYFILE: z
    .string()
    .min(1)
    .optional()
    .meta(about('The source text itself, instead of a file.', { verbatim: true })),
  FUNCTION_ZIP: text.optional().meta(
    about(
      'A zip archive with the code: `https://…`, or the path of a mounted file. While it cannot be fetched, read or loaded, the single file runs instead, and the archive is tried again.',
      {
        aliases: [
          'ZIP_URL',
          'FUNCTION_ZIP_URL',
          'ZIP_FILE_URL',
          'FUNCTION_ZIP_PATH',
          'CODE_ZIP_PATH',
          'ZIP_FILE_PATH',
          'ZIP_PATH',
        ],
      },
    ),
  ),
  FUNCTION_ZIP_BASE64: text.optional().meta(about('The archive itself, as base64.', { aliases: ['USER_CODE_BASE64'] })),
  FUNCTION_ZIP_ALLOW: networkList
    .prefault('')
    .meta(
      about(
        "Hosts and networks, separated by commas, that an archive may come from although they are not public: `files.internal, 10.0.0.0/8`. A cloud's metadata service is not among them unless its very address is.",
        { shownDefault: 'none: only public addresses' },
      ),
    ),
  ZIP_ENTRY_FILE: text.optional().meta(
    about('The module to import from the archive: `main.py`, `package/module.py` or `package.module`.', {
      aliases: ['ZIP_ENTRY_RELATIVE_FILE_PATH', 'ZIPPED_MODULE_NAME'],
      shownDefault: '`main`, `handler`, `usermodule`, `function`, or the only module that has the function',
    }),
  ),
  FUNCTION_INVOKE: z
    .enum(['tick', 'change'])
    .prefault('tick')
    .meta(
      about(
        '`tick` calls the function every period; `change` as soon as the input key is written, at most once a period.',
      ),
    ),
  FUNCTION_TIMEOUT: seconds(0.05, 3600)
    .optional()
    .meta(about('Seconds after which an invocation is stopped.', { shownDefault: 'the larger of 10 and the period' })),
  FUNCTION_ISOLATION: z
    .enum(['own', 'shared'])
    .prefault('own')
    .meta(
      about(
        '`own` runs the function in a process (Python) or thread of its own; `shared` with other functions in one, which costs less memory.',
      ),
    ),
  FUNCTION_REFRESH: seconds(1, 86_400)
    .prefault('60')
    .meta(about('Seconds between two looks at an archive that runs; a changed one replaces it.')),
  PYTHON: text.prefault('python3').meta(about('The Python interpreter (3.9 or newer) that runs Python functions.')),

  HISTORY_HOURS: decimal('h', 0.01, 720)
    .prefault('2')
    .meta(
      about('Hours of results kept in full, one entry an invocation, and never more than 10,000 entries.', {
        section: 'History',
      }),
    ),
  HISTORY_1M_HOURS: decimal('h', 1, 720)
    .prefault('48')
    .meta(about('Hours for which each minute is kept as the minimum, mean, maximum and last value of every series.')),
  HISTORY_15M_DAYS: decimal('d', 0.05, 366)
    .prefault('30')
    .meta(about('Days for which each quarter of an hour is kept in the same way.')),

  JOBS_CONCURRENCY: wholeNumber(1, 64)
    .optional()
    .meta(
      about('How many jobs one worker runs at once.', {
        section: 'Jobs',
        shownDefault: 'as many as the machine has CPUs, at most 8',
      }),
    ),
  JOBS_TIME_LIMIT: seconds(0.1, 3600).prefault('10').meta(about('Seconds after which a job is stopped.')),
  JOBS_GRACE: seconds(0, 3600)
    .prefault('2.5')
    .meta(
      about(
        'Seconds that running jobs have to end when their worker is told to stop. Then they are stopped: those that were submitted as retryable start again elsewhere, others are lost. From `JOBS_TIME_LIMIT` on, none is; whoever stops the worker has to wait 6 s longer than that.',
      ),
    ),
  JOBS_NETWORK: z
    .enum(['off', 'on'])
    .prefault('off')
    .meta(about("Whether jobs have a network: all of the worker machine's, or none.")),
  ALLOW_UNSANDBOXED: z
    .enum(['0', '1'])
    .prefault('0')
    .meta(
      about(
        'With `1`, jobs also run where nothing can confine them: they can read and do what the worker can. Otherwise they are refused there.',
      ),
    ),
  JOBS_RUNNING_PER_USER: wholeNumber(1, 1_000)
    .prefault('4')
    .meta(about('How many jobs of one user run at once; the others wait.')),
  JOBS_WAITING_PER_USER: wholeNumber(1, 100_000)
    .prefault('1000')
    .meta(about('How many jobs of one user may wait, with at most 64 MiB of code and input; more are refused.')),
  JOBS_KEEP: wholeNumber(1, 100_000)
    .prefault('1000')
    .meta(
      about('How many jobs that have ended are kept, of all users; of the one who has most, the oldest goes first.'),
    ),
  JOBS_KEEP_DAYS: decimal('d', 0.01, 3650).prefault('30').meta(about('Days for which they are kept.')),
  JOBS_KEEP_MB: wholeNumber(1, 100_000)
    .prefault('256')
    .meta(about('MB of code, input and output that are kept of them.')),

  ADMIN_PASSWORD: newPassword
    .optional()
    .meta(
      about(
        'Password of the first admin, `admin`, 8 to 200 characters. It counts at the first start only: change it in the app.',
        { section: 'Accounts', shownDefault: 'a generated one, printed once' },
      ),
    ),
  ADMIN_PASSWORD_FILE: text
    .optional()
    .meta(about('A file that holds it instead, such as a mounted secret; white space around it does not count.')),
  DASHBOARD_AUTH: z
    .enum(['none', 'required'])
    .prefault('none')
    .meta(
      about(
        'Whether charts and results are shown only to people who are signed in. Settings, code and jobs always are.',
      ),
    ),
  TRUSTED_PROXIES: addressList
    .prefault('')
    .meta(
      about(
        'Addresses and networks, separated by commas, of the proxies in front: only theirs are the `X-Forwarded-For` and `X-Forwarded-Proto` that count. Without it, all who come through a proxy are one address, and ten failed sign-ins of one of them stop them all.',
        { shownDefault: 'none' },
      ),
    ),
});

export type Environment = z.infer<typeof environment>;
