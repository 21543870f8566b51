import { expect, test } from 'vitest';
import { ConfigError, loadConfig } from './config.ts';

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

const PERIODS = [
  'REDIS_MONITORING_PERIOD',
  'REDIS_MONITORING_PERIOD_SECONDS',
  'REDIS_MONITOR_PERIOD',
  'MONITOR_PERIOD',
  'REDIS_POLL_PERIOD',
  'POLL_INTERVAL_SECONDS',
  'INTERVAL_SECONDS',
  'INTERVAL',
];
const HANDLERS = [
  'HANDLER_FUNCTION',
  'HANDLER_FUNCTION_NAME',
  'FUNCTION_ENTRY_POINT',
  'ENTRY_FUNCTION',
  'HANDLER_ENTRYPOINT',
  'USER_ENTRYPOINT_FUNCTION',
];
const ARCHIVES = [
  'ZIP_URL',
  'FUNCTION_ZIP_URL',
  'ZIP_FILE_URL',
  'FUNCTION_ZIP_PATH',
  'CODE_ZIP_PATH',
  'ZIP_FILE_PATH',
  'ZIP_PATH',
];

test('with nothing set it is the start of a newcomer', () => {
  const config = loadConfig({});
  expect(config).toMatchObject({
    notes: [],
    logLevel: 'info',
    web: { host: '127.0.0.1', port: 3000 },
    redis: { embeddedPort: 6379, keyPrefix: 'vigia:' },
    collector: { mode: 'auto', periodMs: 5000, key: 'metrics' },
    function: {
      name: 'default',
      handler: 'handler',
      isolation: 'own',
      invoke: 'tick',
      inputKey: 'metrics',
      outputKey: 'metrics-output',
      periodMs: 5000,
      timeoutMs: 10_000,
    },
    python: 'python3',
    history: { maxAgeMs: 7_200_000, maxEntries: 10_000 },
  });
  expect(config.home).toMatch(/\/\.vigia$/);
  expect([config.redis.url, config.function.path, config.function.inline, config.function.archive]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test.each(PERIODS)('%s is the period', (alias) => {
  const config = loadConfig({ [alias]: '0.5' });
  expect(config.function.periodMs).toBe(500);
  expect(config.notes).toEqual([`MONITORING_PERIOD comes from ${alias}`]);
});

test.each(HANDLERS)('%s is the handler', (alias) => {
  const config = loadConfig({ [alias]: 'package.module.run' });
  expect(config.function.handler).toBe('package.module.run');
  expect(config.notes).toEqual([`FUNCTION_HANDLER comes from ${alias}`]);
});

test.each(ARCHIVES)('%s is the archive', (alias) => {
  const config = loadConfig({ [alias]: 'https://example.org/code.zip' });
  expect(config.function.archive?.location).toBe('https://example.org/code.zip');
  expect(config.notes).toEqual([`FUNCTION_ZIP comes from ${alias}`]);
});

test('PYFILE_PATH is the file, USER_CODE_BASE64 the archive itself', () => {
  const config = loadConfig({ PYFILE_PATH: '/opt/other.py', USER_CODE_BASE64: 'UEsFBg==' });
  expect(config.function).toMatchObject({ path: '/opt/other.py', archive: { base64: 'UEsFBg==' } });
  expect(config.notes).toEqual([
    'FUNCTION_PATH comes from PYFILE_PATH',
    'FUNCTION_ZIP_BASE64 comes from USER_CODE_BASE64',
  ]);
});

test.each(['ZIP_ENTRY_RELATIVE_FILE_PATH', 'ZIPPED_MODULE_NAME'])('%s is the entry of the archive', (alias) => {
  const config = loadConfig({ FUNCTION_ZIP: '/code.zip', [alias]: 'main.py' });
  expect(config.function.archive).toEqual({
    location: '/code.zip',
    base64: undefined,
    entryFile: 'main.py',
    allow: [],
    refreshMs: 60_000,
  });
  expect(config.notes).toEqual([`ZIP_ENTRY_FILE comes from ${alias}`]);
});

test('FUNCTION_ZIP_ALLOW is a list of hosts and networks, and a typing mistake in it is told', () => {
  const allowing = (list: string) => loadConfig({ FUNCTION_ZIP: '/code.zip', FUNCTION_ZIP_ALLOW: list });
  expect(allowing('files.internal, 10.0.0.0/8 ,fd00::/8,[::1],').function.archive?.allow).toEqual([
    'files.internal',
    '10.0.0.0/8',
    'fd00::/8',
    '[::1]',
  ]);
  for (const bad of ['10.0.0.0/33', '10.0.0/8', 'fd00::/129', 'http://files.internal', 'a b', '*']) {
    expect(problemsOf({ FUNCTION_ZIP_ALLOW: bad })).toEqual([expect.stringMatching(/^FUNCTION_ZIP_ALLOW must be/)]);
  }
});

test('the canonical name wins over aliases, however many, and the note says which are ignored', () => {
  const config = loadConfig({ MONITORING_PERIOD: '2', INTERVAL: '3', MONITOR_PERIOD: '4', INTERVAL_SECONDS: '2.0' });
  expect(config.function.periodMs).toBe(2000);
  expect(config.notes).toEqual(['MONITORING_PERIOD is set, so MONITOR_PERIOD and INTERVAL are ignored']);
});

test('two aliases that disagree are an error that names both', () => {
  expect(problemsOf({ INTERVAL: '5', POLL_INTERVAL_SECONDS: '6' })).toEqual([
    'POLL_INTERVAL_SECONDS and INTERVAL both set MONITORING_PERIOD, to different values: keep one of them',
  ]);
});

test('two aliases that say the same in different words agree', () => {
  expect(loadConfig({ INTERVAL: '5.0', POLL_INTERVAL_SECONDS: '5' }).function.periodMs).toBe(5000);
});

test('every bad value is reported at once, by the name that was set', () => {
  const bad = {
    PORT: '70000',
    COLLECT: 'maybe',
    COLLECT_PERIOD: '5s',
    INTERVAL: '0',
    FUNCTION_NAME: 'a/b',
    FUNCTION_TIMEOUT: 'never',
    HISTORY_HOURS: '1000',
    REDIS_URL: 'http://redis:6379',
    ENTRY_FUNCTION: 'a',
    HANDLER_FUNCTION: 'b',
  };
  expect(problemsOf(bad)).toEqual([
    'HANDLER_FUNCTION and ENTRY_FUNCTION both set FUNCTION_HANDLER, to different values: keep one of them',
    'PORT must be at most 65535',
    'REDIS_URL must look like redis://host:6379, rediss://… or unix:///path/to.sock',
    'COLLECT must be one of "auto", "on", "off"',
    'COLLECT_PERIOD must be a number of seconds, such as 5 or 0.5',
    'MONITORING_PERIOD (from INTERVAL) must be at least 0.01 s',
    expect.stringContaining('FUNCTION_NAME must be 1 to 64 letters'),
    'FUNCTION_TIMEOUT must be a number of seconds, such as 5 or 0.5',
    'HISTORY_HOURS must be at most 720 h',
  ]);
});

test('an error never repeats a value: it may hold a password', () => {
  expect(problemsOf({ REDIS_URL: 'http://:secret@redis' }).join()).not.toContain('secret');
  expect(problemsOf({ REDIS_HOST: 'redis://:secret@redis' }).join()).not.toContain('secret');
});

test.each([
  [{ REDIS_HOST: 'redis' }, 'redis://redis:6379', 'REDIS_HOST'],
  [{ REDIS_HOST: 'redis', REDIS_PORT: '6380' }, 'redis://redis:6380', 'REDIS_HOST and REDIS_PORT'],
  [{ REDIS_PORT: '6380' }, 'redis://127.0.0.1:6380', 'REDIS_PORT'],
  [{ REDIS_IP: '10.0.0.7' }, 'redis://10.0.0.7:6379', 'REDIS_IP'],
  [{ REDIS_IP: '10.0.0.7', REDIS_PORT: '7' }, 'redis://10.0.0.7:7', 'REDIS_IP and REDIS_PORT'],
  [{ REDIS_HOST: '10.0.0.7', REDIS_IP: '10.0.0.7' }, 'redis://10.0.0.7:6379', 'REDIS_HOST'],
  [{ REDIS_HOST: '::1' }, 'redis://[::1]:6379', 'REDIS_HOST'],
  [{ REDIS_HOST: '[fd00::2]', REDIS_PORT: '6380' }, 'redis://[fd00::2]:6380', 'REDIS_HOST and REDIS_PORT'],
  [{ REDIS_HOST: ' redis ' }, 'redis://redis:6379', 'REDIS_HOST'],
])('%j is %s', (env, url, names) => {
  const config = loadConfig(env);
  expect(config.redis.url).toBe(url);
  expect(config.notes).toEqual([`REDIS_URL comes from ${names}`]);
});

test.each(['redis://h:1/2', 'rediss://user:pass@h', 'unix:///run/redis.sock'])(
  'REDIS_URL=%s is taken as it is',
  (url) => {
    expect(loadConfig({ REDIS_URL: url }).redis.url).toBe(url);
  },
);

test('files for TLS are taken with a URL that has it, and with nothing else', () => {
  const tls = { ca: '/etc/ca.pem', cert: '/etc/us.pem', key: '/etc/us.key' };
  const files = { REDIS_CA: tls.ca, REDIS_CERT: tls.cert, REDIS_KEY: tls.key };
  expect(loadConfig({ REDIS_URL: 'rediss://h', ...files }).redis.tls).toEqual(tls);
  const refusal = (env: Record<string, string>) => () => loadConfig(env);
  expect(refusal(files)).toThrow('nothing is encrypted unless REDIS_URL begins with rediss://');
  expect(refusal({ REDIS_HOST: 'h', REDIS_CA: tls.ca })).toThrow('REDIS_CA would be of no use');
  expect(refusal({ REDIS_URL: 'rediss://h', REDIS_CERT: tls.cert })).toThrow('no REDIS_KEY goes with it');
  expect(refusal({ REDIS_URL: 'rediss://h', REDIS_KEY: tls.key })).toThrow('no REDIS_CERT goes with it');
});

test('REDIS_URL wins over its parts, even over a bad port', () => {
  const config = loadConfig({ REDIS_URL: 'redis://a', REDIS_HOST: 'b', REDIS_PORT: 'x' });
  expect(config.redis.url).toBe('redis://a');
  expect(config.notes).toEqual(['REDIS_URL is set, so REDIS_HOST and REDIS_PORT are ignored']);
});

test('parts that make no address are named', () => {
  expect(problemsOf({ REDIS_HOST: 'redis:6380', REDIS_PORT: '0' })).toEqual([
    'REDIS_HOST must be a host name or an address alone; a port goes into REDIS_PORT, a whole URL into REDIS_URL',
    'REDIS_PORT must be a port, 1 to 65535',
  ]);
  expect(problemsOf({ REDIS_HOST: 'a', REDIS_IP: 'b' })).toEqual([
    'REDIS_HOST and REDIS_IP both set REDIS_URL, to different values: keep one of them',
  ]);
});

test("Kubernetes' own REDIS_PORT is not the user's choice", () => {
  const link = { REDIS_PORT: 'tcp://10.0.0.1:6379' };
  expect(loadConfig(link)).toMatchObject({ notes: [], redis: { url: undefined } });
  expect(loadConfig({ ...link, REDIS_HOST: 'redis' }).redis.url).toBe('redis://redis:6379');
  expect(loadConfig({ ...link, REDIS_URL: 'redis://a' }).notes).toEqual([]);
});

test('empty is not set, and white space around a value does not count, except in source text', () => {
  const config = loadConfig({ PORT: '', INTERVAL: '  ', REDIS_HOST: '', COLLECT: ' on ', PYFILE: '\n  x = 1\n' });
  expect(config.web.port).toBe(3000);
  expect(config.notes).toEqual([]);
  expect(config.collector.mode).toBe('on');
  expect(config.function.inline).toBe('\n  x = 1\n');
});

test('the timeout is the larger of 10 s and the period, unless it is set', () => {
  expect(loadConfig({ MONITORING_PERIOD: '60' }).function.timeoutMs).toBe(60_000);
  expect(loadConfig({ MONITORING_PERIOD: '60', FUNCTION_TIMEOUT: '0.5' }).function.timeoutMs).toBe(500);
});

test('times are whole milliseconds', () => {
  expect(loadConfig({ MONITORING_PERIOD: '0.07' }).function.periodMs).toBe(70);
});

test('a function inherits the environment without what is not for it', () => {
  const env = {
    MINE: '1',
    PYFILE_PATH: 'f.py',
    PYFILE: 'x',
    REDIS_URL: 'redis://:p@h',
    ADMIN_PASSWORD: 'correct horse',
  };
  expect(loadConfig(env).functionEnv).toEqual({ MINE: '1', PYFILE_PATH: 'f.py' });
});

test('accounts are open to readers, and trust no proxy, unless told otherwise', () => {
  expect(loadConfig({}).accounts).toEqual({
    adminPassword: undefined,
    adminPasswordFile: undefined,
    dashboardAuth: 'none',
    trustedProxies: [],
  });
  const list = '10.0.0.0/8, 192.0.2.1 ,fd00::/8,[::1],';
  const { accounts } = loadConfig({
    ADMIN_PASSWORD: ' correct horse ',
    DASHBOARD_AUTH: 'required',
    TRUSTED_PROXIES: list,
  });
  expect(accounts).toEqual({
    adminPassword: 'correct horse',
    adminPasswordFile: undefined,
    dashboardAuth: 'required',
    trustedProxies: ['10.0.0.0/8', '192.0.2.1', 'fd00::/8', '[::1]'],
  });
});

test('a proxy is trusted by its address, not by a name that somebody else may answer for', () => {
  for (const bad of ['proxy.internal', '10.0.0.0/33', '10.1', '*', '10.0.0.1 10.0.0.2']) {
    expect(problemsOf({ TRUSTED_PROXIES: bad })).toEqual([
      'TRUSTED_PROXIES must be addresses or networks such as 10.0.0.0/8, separated by commas',
    ]);
  }
});

test('the first password is told in one way, and has to be one', () => {
  expect(problemsOf({ ADMIN_PASSWORD: 'hunter2', ADMIN_PASSWORD_FILE: '/run/secrets/admin' })).toEqual([
    'ADMIN_PASSWORD and ADMIN_PASSWORD_FILE are both set: keep one of them',
    'ADMIN_PASSWORD must have at least 8 characters',
  ]);
});

test('nothing in it can be changed', () => {
  const frozen = (value: object): boolean =>
    Object.isFrozen(value) && Object.values(value).every((inner) => typeof inner !== 'object' || frozen(inner));
  expect(frozen(loadConfig({ INTERVAL: '5', MINE: '1' }))).toBe(true);
});
