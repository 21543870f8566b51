import type { Config } from '#lib/config';
import { redisCommand } from '#lib/redis-command';

export type Running = {
  host: string;
  port: number;
  redisUrl: string;
  config: Config;
};

/** What a person needs to know when everything runs. */
export function welcome({ host, port, redisUrl, config }: Running, collect: boolean): string {
  const { inputKey, outputKey } = config.function;
  const open = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  const cli = redisCommand(redisUrl);
  const rows = [
    ['Open', `http://${open}:${port}`],
    ['Metrics', `${cli} get ${inputKey}${collect ? '' : '   (not collected here; COLLECT=on npm start does)'}`],
    ['Results', `${cli} get ${outputKey}`],
    ['Stop', 'Ctrl-C'],
  ];
  return `\n  Vigia is running.\n\n${rows.map(([label = '', text = '']) => `  ${label.padEnd(9)} ${text}`).join('\n')}\n\n`;
}
