import type { Config } from '#lib/config';

export type Running = {
  host: string;
  port: number;
  /** Null when the Redis is not ours. */
  embeddedPort: number | null;
  redisUrl: string;
  config: Config;
};

/** What a person needs to know when everything runs. */
export function welcome({ host, port, embeddedPort, redisUrl, config }: Running, collect: boolean): string {
  const { inputKey, outputKey } = config.function;
  const open = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  const cli = redisCli(embeddedPort, redisUrl);
  const rows = [
    ['Open', `http://${open}:${port}`],
    ['Metrics', `${cli} get ${inputKey}${collect ? '' : '   (not collected here; COLLECT=on npm start does)'}`],
    ['Results', `${cli} get ${outputKey}`],
    ['Stop', 'Ctrl-C'],
  ];
  return `\n  Vigia is running.\n\n${rows.map(([label = '', text = '']) => `  ${label.padEnd(9)} ${text}`).join('\n')}\n\n`;
}

/** The redis-cli of a reader who copies the line; never with a password in it. */
function redisCli(embeddedPort: number | null, redisUrl: string): string {
  if (embeddedPort !== null) return embeddedPort === 6379 ? 'redis-cli' : `redis-cli -p ${embeddedPort}`;
  if (redisUrl.startsWith('unix://')) return `redis-cli -s ${redisUrl.slice('unix://'.length)}`;
  const { hostname, port, protocol } = new URL(redisUrl);
  return `redis-cli -h ${hostname.replace(/^\[|\]$/g, '')} -p ${port || 6379}${protocol === 'rediss:' ? ' --tls' : ''}`;
}
