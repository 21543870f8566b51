import type { Config } from '#lib/config';
import type { RedisAddress } from '#lib/redis-address';
import { redisCommand } from '#lib/redis-command';
import type { FirstAdminMessage } from '#lib/schemas/supervised';

type FirstAdmin = FirstAdminMessage['firstAdmin'];

export type Running = {
  host: string;
  port: number;
  redis: RedisAddress & { url: string };
  config: Config;
  /** At the first start, when nobody chose the password. */
  firstAdmin: FirstAdmin | null;
};

/** What a person needs to know when everything runs. */
export function welcome({ host, port, redis, config, firstAdmin }: Running, collect: boolean): string {
  const { inputKey, outputKey } = config.function;
  const open = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  const cli = redisCommand(redis);
  const rows = [
    row('Open', `http://${open}:${port}`),
    firstAdmin === null ? '' : signInRow(firstAdmin),
    row('Metrics', `${cli} get ${inputKey}${collect ? '' : '   (not collected here; COLLECT=on npm start does)'}`),
    row('Results', `${cli} get ${outputKey}`),
    row('Stop', 'Ctrl-C'),
  ];
  return `\n  Vigia is running.\n\n${rows.join('')}\n`;
}

export function signInRow({ name, password }: FirstAdmin): string {
  return row('Sign in', `${name}, password ${password}   (shown only this once; change it in the app)`);
}

function row(label: string, text: string): string {
  return `  ${label.padEnd(9)} ${text}\n`;
}
