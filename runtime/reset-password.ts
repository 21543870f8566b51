import { recoverAccount } from '#lib/auth/recover-account';
import { type Config, ConfigError, loadConfig } from '#lib/config';
import { createContext } from '#lib/context';
import { messageOf } from '#lib/errors';
import { MISCONFIGURED } from '#lib/lifecycle';
import { createLog } from '#lib/log';
import { connectAtStart, createCommandClient } from '#lib/redis';
import type { RedisAddress } from '#lib/redis-address';
import { runningRedis } from './all-in-one/running-redis.ts';
import { signInRow } from './all-in-one/welcome.ts';

// `npm run reset-password -- [name]`: for whoever has lost the password of the only admin, on the machine or in a pod.
const NAME = 'reset-password';

try {
  const [login, ...rest] = process.argv.slice(2);
  if (rest.length > 0 || login?.startsWith('-')) throw new Error(`usage: ${NAME} [name or uid]`);
  process.stdout.write(await newPassword(loadConfig(), login));
} catch (error) {
  process.exitCode = error instanceof ConfigError ? MISCONFIGURED : 1;
  const reason = error instanceof ConfigError ? error.problems.join('\n') : messageOf(error);
  process.stderr.write(`${NAME}: ${reason}\n`);
}

async function newPassword(config: Config, login: string | undefined): Promise<string> {
  // What the client has to say is in what it throws, too.
  const redis = createCommandClient(
    redisOf(config),
    NAME,
    createLog(NAME, 'silent', () => {}),
  );
  const log = createLog(NAME, 'error', (line) => void process.stderr.write(line));
  try {
    await connectAtStart(redis);
    const { name, disabled, generatedPassword } = await recoverAccount(createContext(config, redis, log), login);
    const ended = `  Every session of ${name} has ended; tokens stay.\n`;
    const locked = disabled ? `  The account is disabled, and stays so until an admin enables it.\n` : '';
    return `${signInRow({ name, password: generatedPassword })}${ended}${locked}`;
  } finally {
    redis.disconnect();
  }
}

/** The one that the environment names, as for the roles; without any the one that `npm start` embeds here. */
function redisOf({ redis: { url, tls }, home }: Config): RedisAddress {
  if (url !== undefined) return { url, tls };
  const embedded = runningRedis(home);
  if (embedded !== null) return { url: embedded };
  throw new ConfigError([
    `no Vigia runs here (${home}): start it, or set VIGIA_HOME or REDIS_URL as it is started with, as the same user`,
  ]);
}
